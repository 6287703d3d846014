// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// proofsFile has a row for every model that is proved by TestProofs.
const proofsFile = "testdata/proofs.csv"

// maxGasDrift is by how much the gas of a verification may differ from the table's: keys and proofs are random,
// and each of their bytes that is zero costs 12 gas less.
const maxGasDrift = 250

// A proofRow is what a proof of a model costs, and what executing the model costs instead.
type proofRow struct {
	macs        int // products of the contractions of the integer program
	constraints int
	input       int // bytes
	output      int // bytes
	gas         int // of verifying, a whole transaction
	// execution is the gas of one evaluation by OnchainModel, or why it cannot evaluate the model.
	execution string
}

var proofColumns = []string{"model", "macs", "constraints", "input_bytes", "output_bytes", "gas", "execution"}

// like tells whether rows are of the same measurement.
func (r proofRow) like(other proofRow) bool {
	drift := r.gas - other.gas
	r.gas = other.gas
	return r == other && -maxGasDrift <= drift && drift <= maxGasDrift
}

// row measures the model of a proof whose verification took `gas`.
func (p *proved) row(t *testing.T, gas int64) proofRow {
	t.Helper()
	return proofRow{
		macs: macs(p.program), constraints: p.job.CS.NumConstraints(), input: len(p.result.Claim.Input), output: len(p.result.Claim.Output),
		gas: int(gas), execution: p.execution(t),
	}
}

func macs(p *ir.Program) int {
	n := 0
	for _, node := range p.Nodes {
		if o, ok := node.Op.(ir.Contract); ok {
			n += tensor.Shape(o.Contraction.Extents).Size()
		}
	}
	return n
}

// execution has the chain execute the model on the input of the proof, to the output of the proof.
func (p *proved) execution(t *testing.T) string {
	t.Helper()
	m, err := onchain.Encode(p.program)
	var refused *onchain.NodeError
	if errors.As(err, &refused) {
		return refused.Error()
	}
	if err != nil {
		t.Fatal(err)
	}
	d := evmtest.NewExecutor(t, evmtest.Embedded(t)).Upload(t, m)
	d.Compare(t, p.program, p.inputs, false)
	return strconv.FormatUint(d.EvaluationGas(t, p.inputs), 10)
}

func readProofs(t *testing.T) map[string]proofRow {
	t.Helper()
	out := map[string]proofRow{}
	f, err := os.Open(proofsFile)
	if os.IsNotExist(err) && *update {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], proofColumns) {
		t.Fatalf("%s has columns %q, want %q", proofsFile, rows[0], proofColumns)
	}
	for _, row := range rows[1:] {
		r := proofRow{execution: row[6]}
		for i, to := range []*int{&r.macs, &r.constraints, &r.input, &r.output, &r.gas} {
			if *to, err = strconv.Atoi(row[1+i]); err != nil {
				t.Fatal(err)
			}
		}
		out[row[0]] = r
	}
	return out
}

// writeProofs replaces the rows of what was measured. Gas that drifted no more than it may stays.
func writeProofs(t *testing.T, rows, measured map[string]proofRow) {
	t.Helper()
	for name, r := range measured {
		if old, ok := rows[name]; !ok || !old.like(r) {
			rows[name] = r
		}
	}
	var lines [][]string
	for name, r := range rows {
		line := []string{name}
		for _, n := range []int{r.macs, r.constraints, r.input, r.output, r.gas} {
			line = append(line, strconv.Itoa(n))
		}
		lines = append(lines, append(line, r.execution))
	}
	slices.SortFunc(lines, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	var text strings.Builder
	if err := csv.NewWriter(&text).WriteAll(slices.Insert(lines, 0, proofColumns)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(proofsFile, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
