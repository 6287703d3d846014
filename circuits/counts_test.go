// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/relation"
)

var update = flag.Bool("update", false, "rewrite testdata/counts.csv")

const countsFile = "testdata/counts.csv"

// maxLeNet5 is the number of R1CS constraints that LeNet-5 may have.
const maxLeNet5 = 55_000

// TestCounts compares the number of constraints of every scenario and of the
// example models with a golden file. A row too few or too many fails as a
// different number does.
func TestCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles LeNet-5")
	}
	t.Parallel()
	models := map[string]*circuits.Model{
		"example lenet5": example(t, examples.LeNet5()),
		"example mlp":    example(t, examples.MLP()),
	}
	for _, s := range scenario.All() {
		models[s.Name] = s.Model()
	}
	got := map[string]int{}
	for name, m := range models {
		for system, b := range builders {
			ccs := compile(t, m, b)
			lint(t, m, ccs)
			n := ccs.GetNbConstraints()
			got[name+","+system] = n
			// Of the small circuits the fixed part is most.
			if e := m.Estimate(); system == "r1cs" && strings.HasPrefix(name, "example") && (e < n-n/20 || e > n+n/20) {
				t.Errorf("%s: %d constraints were estimated, %d it has", name, e, n)
			}
		}
	}
	if n := got["example lenet5,r1cs"]; n > maxLeNet5 {
		t.Errorf("LeNet-5 has %d constraints, more than %d", n, maxLeNet5)
	}
	if *update {
		writeCounts(t, got)
		return
	}
	want := readCounts(t)
	for key, n := range got {
		switch m, ok := want[key]; {
		case !ok:
			t.Errorf("%s: %d constraints, no row in %s (-update writes it)", key, n, countsFile)
		case m != n:
			t.Errorf("%s: %d constraints, want %d (-update blesses it)", key, n, m)
		}
	}
	for key := range want {
		if _, ok := got[key]; !ok {
			t.Errorf("%s: in %s, but no such circuit", key, countsFile)
		}
	}
}

// example compiles an example model as the command does.
func example(t *testing.T, model []byte) *circuits.Model {
	t.Helper()
	m, err := circuits.NewModel(exemplar.Program(t, model), relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const countsHeader = "circuit,system,constraints"

func writeCounts(t *testing.T, counts map[string]int) {
	t.Helper()
	var lines []string
	for key, n := range counts {
		lines = append(lines, fmt.Sprintf("%s,%d\n", key, n))
	}
	slices.Sort(lines)
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(countsFile, []byte(countsHeader+"\n"+strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readCounts(t *testing.T) map[string]int {
	t.Helper()
	f, err := os.Open(countsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != countsHeader {
		t.Fatalf("%s does not start with %s", countsFile, countsHeader)
	}
	counts := map[string]int{}
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[2])
		if err != nil {
			t.Fatal(err)
		}
		key := row[0] + "," + row[1]
		if _, dup := counts[key]; dup {
			t.Errorf("%s has two rows for %s", countsFile, key)
		}
		counts[key] = n
	}
	return counts
}
