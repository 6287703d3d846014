// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

var runCommand = &command{
	name:  "run",
	short: "run the integer network on an input, without a proof",
	args:  "DIR.zkml --input FILE",
	long: `
Run executes the integer program of a bundle, exactly as it is proved.

` + inputFormats,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		input := f.String("input", "", "the input, a `FILE`")
		return func(e *env, args []string) error {
			if err := needInput(*input); err != nil {
				return err
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			in, err := readQuantized(*input, b.Program())
			if err != nil {
				return err
			}
			var run *ir.Run
			if _, err := e.step("running the network", func() (err error) {
				run, err = b.Program().Execute(in, nil)
				return err
			}); err != nil {
				return bad(err)
			}
			out := outputsOf(b.Program(), run.Outputs())
			return e.result(map[string]any{"output": out}, outputRows(out))
		}
	},
}

// An output is a tensor that a network returned.
type output struct {
	Name     string    `json:"name"`
	Integers []int64   `json:"integers"`
	Scale    float64   `json:"scale"`
	Values   []float64 `json:"values"`
	Argmax   int       `json:"argmax"`
	Note     string    `json:"note,omitempty"`
}

func outputsOf(p *ir.Program, values [][]int64) []output {
	out := make([]output, len(values))
	for i, o := range p.Outputs {
		out[i] = output{Name: o.Name, Integers: values[i], Scale: o.Scale, Values: quant.Dequantize(o, values[i]),
			Argmax: quant.Argmax(values[i]), Note: o.Note}
	}
	return out
}

// maxShown is the number of elements of an output that a table shows.
const maxShown = 12

func outputRows(outputs []output) []row {
	var rows []row
	for _, o := range outputs {
		var s []string
		for _, x := range o.Values[:min(len(o.Values), maxShown)] {
			s = append(s, fmt.Sprintf("%.4g", x))
		}
		if len(o.Values) > maxShown {
			s = append(s, fmt.Sprintf("… (%d elements)", len(o.Values)))
		}
		rows = append(rows, row{o.Name, strings.Join(s, "  ")})
		if len(o.Values) > 1 {
			rows = append(rows, row{o.Name + ", argmax", fmt.Sprint(o.Argmax)})
		}
		if o.Note != "" {
			rows = append(rows, row{"note", o.Note})
		}
	}
	return rows
}
