// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/tensor"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestOperators runs the cases of testdata/op. Each file is a txtar archive: a
// comment, then for each case NAME.model, in the text form of package onnxtest,
// and NAME.want, the graph that it is lowered to and the outputs for the inputs of
// the text ("wave" where it gives none), or the error. The outputs of the cases
// were checked by hand or come from the definition of the operator; the official
// node tests check the same lowerings against numbers of others.
func TestOperators(t *testing.T) {
	covered := map[string]bool{}
	for _, file := range operatorFiles(t) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if len(archive.Comment) == 0 {
			t.Errorf("%s has no description", file)
		}
		want := map[string]*txtar.File{}
		for i := range archive.Files {
			want[archive.Files[i].Name] = &archive.Files[i]
		}
		var out txtar.Archive
		out.Comment = archive.Comment
		for _, f := range archive.Files {
			label, isModel := strings.CutSuffix(f.Name, ".model")
			if !isModel {
				continue
			}
			c, err := onnxtest.Parse(string(f.Data))
			if err != nil {
				t.Fatalf("%s: %s: %v", file, f.Name, err)
			}
			got := result(t, c)
			if !strings.HasPrefix(got, "error: ") {
				cover(c, covered)
			}
			out.Files = append(out.Files, f, txtar.File{Name: label + ".want", Data: []byte(got)})
			if *update {
				continue
			}
			t.Run(name+"/"+label, func(t *testing.T) {
				w := want[label+".want"]
				if w == nil {
					t.Fatal("no expectation; run with -update")
				}
				if d := cmp.Diff(string(w.Data), got); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(&out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, entries := range operators {
		for _, o := range entries {
			if key := entryName(o); !covered[key] {
				t.Errorf("no case of testdata/op runs %s", key)
			}
		}
	}
}

func operatorFiles(t testing.TB) []string {
	files, err := filepath.Glob("testdata/op/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d case files, %v", len(files), err)
	}
	return files
}

func entryName(o *operator) string {
	return fmt.Sprintf("%s since %d", qualified(o.domain, o.name), o.since)
}

// cover marks the entries that a model uses.
func cover(c onnxtest.Case, covered map[string]bool) {
	for _, n := range c.Model.Nodes {
		if o, err := lookup(domain(n.Domain), n.Op, c.Model.Opsets); err == nil {
			covered[entryName(o)] = true
		}
	}
}

// result loads and runs a case and formats what comes out.
func result(t *testing.T, c onnxtest.Case) string {
	t.Helper()
	g, _, err := Load(c.Model.Marshal())
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	inputs := make([][]float64, len(g.Inputs))
	for i, id := range g.Inputs {
		n := g.Nodes[id]
		if inputs[i] = c.Values[n.Name]; inputs[i] == nil {
			inputs[i] = wave(n.Shape.Size())
		}
	}
	values, err := g.Eval(inputs)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	s.WriteString(g.String())
	for _, o := range g.Outputs {
		fmt.Fprintf(&s, "%s =", o.Name)
		row := rowLength(g.Nodes[o.ID].Shape)
		for i, x := range values[o.ID] {
			if row < len(values[o.ID]) && i%row == 0 {
				s.WriteString("\n   ")
			}
			s.WriteString(" " + strconv.FormatFloat(x, 'g', 7, 64))
		}
		s.WriteByte('\n')
	}
	return s.String()
}

// rowLength is the number of elements to print on a line.
func rowLength(s tensor.Shape) int {
	if len(s) == 0 {
		return 1
	}
	return s[len(s)-1]
}

func wave(n int) []float64 {
	c := onnxtest.MustParse(fmt.Sprintf("input x float [%d] wave", n))
	return c.Values["x"]
}

// TestRegister shows that an operator cannot be registered twice.
func TestRegister(t *testing.T) {
	defer func() {
		if r := fmt.Sprint(recover()); !strings.Contains(r, "Relu registered twice since version 1") {
			t.Errorf("got %s", r)
		}
	}()
	register("Relu", since(1), one(func(n *node) graph.ID { return n.In(0) }))
}
