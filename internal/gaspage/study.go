// SPDX-License-Identifier: Apache-2.0

package gaspage

import (
	"fmt"
	"io"
	"strings"

	"github.com/zkml-go/zkml/internal/chart"
)

// An execution is one model executed by OnchainModel.
type execution struct {
	name                          string
	macs, parameters, layers      int
	setUp, append, seal, evaluate int
}

// A study is the measurements as numbers.
type study struct {
	verification []row
	platform     []row
	sweep        []execution // perceptrons of growing size
	zoo          []execution
	baselines    []row
	direct       []model
	sumcheck     []model
}

func newStudy(t Tables) (*study, error) {
	s := &study{}
	var err error
	for data, to := range map[*[]byte]*[]row{&t.Verification: &s.verification, &t.Platform: &s.platform, &t.Baselines: &s.baselines} {
		if *to, err = read(*data); err != nil {
			return nil, err
		}
	}
	if s.direct, err = readModels(t.Direct); err != nil {
		return nil, err
	}
	if s.sumcheck, err = readModels(t.Sumcheck); err != nil {
		return nil, err
	}
	rows, err := read(t.Reexecution)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		e := execution{name: r["model"]}
		for column, to := range map[string]*int{
			"macs": &e.macs, "parameters": &e.parameters, "layers": &e.layers,
			"set_up_gas": &e.setUp, "append_gas": &e.append, "seal_gas": &e.seal, "evaluate_gas": &e.evaluate,
		} {
			if *to, err = r.number(column); err != nil {
				return nil, err
			}
		}
		if strings.HasPrefix(e.name, "mlp-") {
			s.sweep = append(s.sweep, e)
		} else {
			s.zoo = append(s.zoo, e)
		}
	}
	for i := 1; i < len(s.sweep); i++ {
		if s.sweep[i].macs <= s.sweep[i-1].macs || s.sweep[i].evaluate <= s.sweep[i-1].evaluate {
			return nil, fmt.Errorf("gas: %s is not larger and dearer than the row before", s.sweep[i].name)
		}
	}
	return s, nil
}

// breakEven returns how many multiply-accumulates a perceptron has whose execution costs as much as `gas`:
// between the two of the sweep around it, gas grows evenly with them.
func (s *study) breakEven(gas int) (int, error) {
	for i := 1; i < len(s.sweep); i++ {
		a, b := s.sweep[i-1], s.sweep[i]
		if a.evaluate <= gas && gas <= b.evaluate {
			return a.macs + (b.macs-a.macs)*(gas-a.evaluate)/(b.evaluate-a.evaluate), nil
		}
	}
	return 0, fmt.Errorf("gas: no two models of the sweep are around %d gas", gas)
}

// slope returns the gas of one more multiply-accumulate, over the whole sweep.
func (s *study) slope() float64 {
	a, b := s.sweep[0], s.sweep[len(s.sweep)-1]
	return float64(b.evaluate-a.evaluate) / float64(b.macs-a.macs)
}

// verified returns the gas of verifying, of a case of the table of verification.
func (s *study) verified(name string) (int, error) {
	for _, r := range s.verification {
		if r["case"] == name {
			return r.number("verify_tx_gas")
		}
	}
	return 0, fmt.Errorf("gas: no case %q", name)
}

// methods are the ways of executing a layer, in the order of the page.
var methods = []struct{ key, name, text string }{
	{"naive", "Solidity, weights in storage, checked int256", "the loops that anybody would write: weights in storage, `int256`, checked arithmetic"},
	{"scalar", "assembly, a byte per weight in code", "unrolled assembly: a signed byte for each weight, in code, 32 in a word, one product at a time"},
	{"lanes", "OnchainModel, weights in lanes", "`OnchainModel`"},
}

// Plot draws gas against size.
func Plot(t Tables, w io.Writer) error {
	s, err := newStudy(t)
	if err != nil {
		return err
	}
	g := &chart.Gas{Title: "Executing a network on chain, and verifying a proof of it"}
	sweep := chart.GasSeries{Name: "OnchainModel, perceptrons of two layers", Line: true}
	for _, e := range s.sweep {
		sweep.MACs, sweep.Gas = append(sweep.MACs, float64(e.macs)), append(sweep.Gas, float64(e.evaluate))
	}
	zoo := chart.GasSeries{Name: "OnchainModel, the models that are proved directly"}
	for _, m := range s.direct {
		if gas, err := m.row.number("execution"); err == nil {
			zoo.MACs, zoo.Gas = append(zoo.MACs, float64(m.macs)), append(zoo.Gas, float64(gas))
		}
	}
	g.Series = append(g.Series, sweep, zoo)
	for _, m := range methods[:2] {
		one := chart.GasSeries{Name: m.name + ", one layer", Line: true}
		for _, r := range s.baselines {
			if r["method"] != m.key {
				continue
			}
			macs, err := r.number("macs")
			if err != nil {
				return err
			}
			gas, err := r.number("evaluate_gas")
			if err != nil {
				return err
			}
			one.MACs, one.Gas = append(one.MACs, float64(macs)), append(one.Gas, float64(gas))
		}
		g.Series = append(g.Series, one)
	}
	for _, m := range []struct {
		name   string
		models []model
	}{
		{"Groth16 verification of these models", s.direct},
		{"sumcheck verification of LeNet-5 to MobileNetV1 at 224 pixels", s.sumcheck},
	} {
		one := chart.GasSeries{Name: m.name}
		for _, model := range m.models {
			one.MACs, one.Gas = append(one.MACs, float64(model.macs)), append(one.Gas, float64(model.gas))
		}
		g.Series = append(g.Series, one)
	}
	for _, l := range []struct{ name, key string }{{"Groth16 verification", "groth16-committed"}, {"sumcheck, 20 columns", "sumcheck-20"}} {
		gas, err := s.verified(l.key)
		if err != nil {
			return err
		}
		g.Levels = append(g.Levels, chart.GasLevel{Name: l.name, Gas: float64(gas)})
	}
	g.Levels = append(g.Levels, chart.GasLevel{Name: "most gas of a transaction", Gas: TransactionCap})
	return g.SVG(w)
}
