// SPDX-License-Identifier: Apache-2.0

package gaspage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A model is one whose proof has been verified by a contract.
type model struct {
	name      string
	macs, gas int
	row       row // the rest
}

func readModel(r row) (model, error) {
	m := model{name: r["model"], row: r}
	var err error
	if m.macs, err = r.number("macs"); err == nil {
		m.gas, err = r.number("gas")
	}
	return m, err
}

// readModels returns the models of a table by size.
func readModels(data []byte) ([]model, error) {
	rows, err := read(data)
	if err != nil {
		return nil, err
	}
	var out []model
	for _, r := range rows {
		m, err := readModel(r)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b model) int { return a.macs - b.macs })
	return out, nil
}

// numbers returns columns as they are shown.
func (m model) numbers(columns ...string) ([]string, error) {
	var out []string
	for _, column := range columns {
		n, err := m.row.number(column)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
		out = append(out, grouped(n))
	}
	return out, nil
}

// execution returns what executing the model costs, and that for each unit of verifying it; or why it cannot be
// executed.
func (m model) execution() (gas, ratio string, err error) {
	cell := m.row["execution"]
	if cell == "" {
		return "", "", fmt.Errorf("gas: %s is neither executed nor is there a reason", m.name)
	}
	n, err := strconv.Atoi(cell)
	if err != nil {
		return cell, "", nil
	}
	return grouped(n), fmt.Sprintf("%.1f", float64(n)/float64(m.gas)), nil
}

// modelsSection is the tables of models that are proved.
func (s *study) modelsSection(b *strings.Builder) error {
	b.WriteString(`## Models

### Proved directly

One circuit for the network, Groth16, weights as constants, input and output public: of every architecture that this is for, a proof that the contract accepts, and
the same inference executed by ` + "`OnchainModel`" + ` to the same output. [zoo.md](zoo.md#proved-directly) says which models these are. MACs are the multiply-accumulates
of the network, sums of average pools among them. Gas of verifying moves by some tens with the bytes of keys and proofs, which are random; the test allows 250.
An execution is one transaction, after an upload that verifying has no need of. *PLONK* is computed: verifiers of both systems share what they do with a
statement, so for any model they differ as the rows *plonk-committed* and *groth16-committed* above do.

`)
	groth16, err := s.verified("groth16-committed")
	if err != nil {
		return err
	}
	plonk, err := s.verified("plonk-committed")
	if err != nil {
		return err
	}
	var direct table
	direct.line("model", "MACs", "constraints", "input bytes", "output bytes", "verify", "PLONK", "execute", "execute/verify")
	for _, m := range s.direct {
		n, err := m.numbers("macs", "constraints", "input_bytes", "output_bytes", "gas")
		if err != nil {
			return err
		}
		gas, ratio, err := m.execution()
		if err != nil {
			return err
		}
		direct.line(slices.Concat([]string{m.name}, n, []string{grouped(m.gas + plonk - groth16), gas, ratio})...)
	}
	b.WriteString(direct.b.String() + `
Trees are cheaper to execute; everything else of these is cheaper to verify, the small recurrent networks and the transformer block, too.

### Proved by sumcheck

With the Groth16 wrap, weights committed. Columns, constraints and gas are those of [sumcheck.md](sumcheck.md#numbers), each of one run that no test repeats; which
inputs are private is said there. Executions are of the same networks, calibrated
on random inputs: the gas of one evaluation, measured by hand or in the table below, or what ` + "`zkml export onchain-model`" + ` says is too large for a
frame of 65,536 cells. So most of these cannot be executed at all, whatever the gas.

`)
	var sumcheck table
	sumcheck.line("model", "MACs", "columns", "wrap constraints", "verify", "execute")
	for _, m := range s.sumcheck {
		n, err := m.numbers("macs", "columns", "wrap_constraints", "gas")
		if err != nil {
			return err
		}
		gas, _, err := m.execution()
		if err != nil {
			return err
		}
		sumcheck.line(slices.Concat([]string{m.name}, n, []string{gas})...)
	}
	b.WriteString(sumcheck.b.String() + "\n")
	return nil
}
