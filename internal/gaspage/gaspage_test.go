// SPDX-License-Identifier: Apache-2.0

package gaspage

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/gas.md and docs/gas.svg")

func tables(t testing.TB) Tables {
	t.Helper()
	file := func(pkg, name string) []byte {
		data, err := os.ReadFile(filepath.Join("..", "..", pkg, "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	return Tables{
		Verification: file("contracts", "gas.csv"), Platform: file("contracts", "platform-gas.csv"),
		Reexecution: file("contracts", "reexecution.csv"), Baselines: file("contracts", "reexecution-baselines.csv"),
		Direct: file("benches", "proofs.csv"), Sumcheck: file("benches", "sumcheck-models.csv"),
	}
}

// TestPage compares the page and its picture with the tables that they are made from.
func TestPage(t *testing.T) {
	t.Parallel()
	in := tables(t)
	page, err := Page(in)
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := Plot(in, &picture); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{"gas.md": page, "gas.svg": picture.Bytes()} {
		file := filepath.Join("..", "..", "docs", name)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("docs/%s is not made from the tables; go test ./internal/gaspage -update writes it (-want +got):\n%s", name, diff)
		}
	}
}

// TestBreakEven checks the interpolation at the ends of a step, in the middle, and beyond the sweep.
func TestBreakEven(t *testing.T) {
	t.Parallel()
	s := &study{sweep: []execution{{macs: 100, evaluate: 1000}, {macs: 300, evaluate: 2000}, {macs: 400, evaluate: 5000}}}
	for gas, want := range map[int]int{1000: 100, 1500: 200, 2000: 300, 3500: 350, 5000: 400} {
		if got, err := s.breakEven(gas); err != nil || got != want {
			t.Errorf("break-even of %d gas: got %d and error %v, want %d", gas, got, err, want)
		}
	}
	for _, gas := range []int{999, 5001} {
		if got, err := s.breakEven(gas); err == nil {
			t.Errorf("break-even of %d gas: got %d, want an error", gas, got)
		}
	}
}

func TestBadTables(t *testing.T) {
	t.Parallel()
	good := tables(t)
	for name, spoil := range map[string]func(*Tables){
		"no rows":    func(in *Tables) { in.Verification = []byte("case,deploy_gas\n") },
		"no numbers": func(in *Tables) { in.Reexecution = []byte(strings.ReplaceAll(string(in.Reexecution), ",1", ",x")) },
		"no column":  func(in *Tables) { in.Baselines = []byte(strings.Replace(string(in.Baselines), "macs", "products", 1)) },
		"ragged":     func(in *Tables) { in.Baselines = append(bytes.Clone(in.Baselines), "naive,1\n"...) },
		"above a bound": func(in *Tables) {
			in.Platform = []byte(strings.Replace(string(in.Platform), "attest groth16-committed,4", "attest groth16-committed,5", 1))
		},
		"code too long": func(in *Tables) {
			in.Platform = []byte(strings.Replace(string(in.Platform), ",,11480", ",,24577", 1))
		},
		"a model without gas": func(in *Tables) { in.Direct = []byte(strings.Replace(string(in.Direct), ",gas", ",cost", 1)) },
		"too large without a reason": func(in *Tables) {
			in.Direct = []byte("model,macs,constraints,input_bytes,output_bytes,gas,execution\nx,1,1,1,1,1,\n")
		},
		"no columns": func(in *Tables) {
			in.Sumcheck = []byte(strings.Replace(string(in.Sumcheck), "columns,wrap", "column,wrap", 1))
		},
		"out of order": func(in *Tables) {
			in.Reexecution = []byte(strings.Replace(string(in.Reexecution), "mlp-16-8-4,160,", "mlp-16-8-4,160000,", 1))
		},
	} {
		in := good
		spoil(&in)
		if cmp.Equal(in, good) {
			t.Errorf("%s: nothing is spoiled", name)
		}
		if _, err := Page(in); err == nil {
			t.Errorf("%s: there is a page", name)
		}
	}
}

// TestSumcheckModels compares the table that is kept by hand with that of docs/sumcheck.md.
func TestSumcheckModels(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "sumcheck.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := read(tables(t).Sumcheck)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		m, err := readModel(r)
		if err != nil {
			t.Fatal(err)
		}
		constraints, err := r.number("wrap_constraints")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for line := range strings.Lines(string(doc)) {
			cells := strings.Split(line, "|")
			if len(cells) < 12 || strings.TrimSuffix(strings.TrimSpace(cells[1]), " *") != m.name {
				continue
			}
			columns, _, _ := strings.Cut(strings.TrimSpace(cells[8]), ",")
			found = columns == r["columns"] && strings.TrimSpace(cells[9]) == grouped(constraints) && strings.TrimSpace(cells[10]) == grouped(m.gas)
		}
		if !found {
			t.Errorf("benches/testdata/sumcheck-models.csv has a row that docs/sumcheck.md has not: %v", r)
		}
	}
}
