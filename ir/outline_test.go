// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
)

func textOf(t testing.TB, p *ir.Program) string {
	t.Helper()
	var b strings.Builder
	if err := p.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOutline: the text of a program has its outline, without the weights.
func TestOutline(t *testing.T) {
	t.Parallel()
	p := small(t)
	got, err := ir.ReadOutline(textOf(t, p))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Outline(), got); diff != "" {
		t.Error(diff)
	}
	if len(got.Outputs) != len(p.Outputs) || got.Digest != p.Digest() {
		t.Errorf("%d outputs, want %d", len(got.Outputs), len(p.Outputs))
	}
	for i, o := range got.Outputs {
		n := &p.Nodes[p.Outputs[i].ID]
		if !o.Shape.Equal(n.Shape) || o.Range != n.Range || o.Name != p.Outputs[i].Name {
			t.Errorf("output %d: %+v", i, o)
		}
	}
}

func TestOutlineRefused(t *testing.T) {
	t.Parallel()
	honest := textOf(t, small(t))
	for what, bad := range map[string]string{
		"nothing":             "",
		"another header":      strings.Replace(honest, "program 1", "program 2", 1),
		"another verb":        honest + "weights 1\n",
		"an empty line":       honest + "\n",
		"no outputs":          honest[:strings.Index(honest, "output 0")],
		"an output of no one": honest + `output 2 {"name":"z","id":99,"scale":1,"note":"","visibility":"public"}` + "\n",
		"a negative node":     honest + `output 2 {"name":"z","id":-1,"scale":1,"note":"","visibility":"public"}` + "\n",
		"another visibility":  honest + `output 2 {"name":"z","id":1,"scale":1,"note":"","visibility":"shown"}` + "\n",
		"half a node":         honest + "node 99 max \"x\" [1]\n",
		"a negative extent":   honest + "node 99 max \"x\" [1] [-1] [0,1] {}\n",
		"too many elements":   honest + "node 99 max \"x\" [1] [4294967296,4294967296] [0,1] {}\n",
		"an empty range":      honest + "node 99 max \"x\" [1] [1] [1,0] {}\n",
	} {
		if _, err := ir.ReadOutline(bad); !errors.Is(err, ir.ErrFormat) {
			t.Errorf("%s: %v, want %v", what, err, ir.ErrFormat)
		}
	}
}

// FuzzReadOutline: no text makes it panic, and what it reads has sound shapes.
func FuzzReadOutline(f *testing.F) {
	honest := textOf(f, small(f))
	f.Add(honest)
	f.Add(honest[:len(honest)/2])
	f.Add("zkml program 1\nnode 0 input \"x\" [] [4] [0,1] {}\noutput 0 {\"name\":\"x\",\"id\":0,\"scale\":1,\"note\":\"\",\"visibility\":\"public\"}\n")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := ir.ReadOutline(text)
		if err != nil {
			return
		}
		for _, out := range o.Outputs {
			if err := errors.Join(out.Shape.Check(), out.Range.Check(), out.Visibility.Check()); err != nil {
				t.Error(err)
			}
		}
	})
}
