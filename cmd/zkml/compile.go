// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

var compileCommand = &command{
	name:  "compile",
	short: "compile an ONNX model to an integer program",
	args:  "MODEL.onnx -o DIR.zkml (--calibration FILE.npz | --calibration-random N --seed S --input-range LO,HI)",
	long: `
Compile lowers a model, chooses integer scales from sample inputs, proves the
range of every tensor, and writes a model bundle. It prints how far the integer
network is from the float one: accuracies if the samples have labels (an array
"labels" in the .npz), agreement and worst error otherwise.

Arrays hold samples along their first axis. Unsigned bytes are pixels: with
--input-range, 0 stands for LO and 255 for HI.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &compileOptions{}
		f.StringVar(&o.out, "o", "", "the `DIR` to write, by convention NAME.zkml")
		o.quantization(f)
		f.Float64Var(&o.target, "target-agreement", 0, "widen the noisiest layers until this `SHARE` of the compared samples, such as 0.99, has the same argmax as the float network")
		f.Float64Var(&o.prune, "prune", 0, "set this `SHARE` of the weights of every layer to 0, the smallest")
		f.StringVar(&o.evaluation, "evaluate", "", "compare on the samples of another .npy or .npz `FILE`; default: on the calibration samples")
		f.StringVar((*string)(&o.quant.InputVisibility), "input-visibility", "public", "`WHO` sees the input: public, committed or private")
		f.StringVar((*string)(&o.quant.OutputVisibility), "output-visibility", "public", "`WHO` sees the output: public, committed or private")
		shapes := shapeFlag(f)
		return func(e *env, args []string) error {
			path, err := one(args, "the model")
			if err != nil {
				return err
			}
			if err := o.check(); err != nil {
				return usageError{err}
			}
			if err := writable(o.out); err != nil {
				return err
			}
			c, source, err := e.load(path, *shapes)
			if err != nil {
				return err
			}
			if err := e.compile(o, c); err != nil {
				return err
			}
			name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			return e.compiled(c, o, name, source)
		}
	},
}

type compileOptions struct {
	out, calibration, evaluation, inputRange string
	random, samples                          int
	seed                                     uint64
	method                                   string
	percentile, target, prune                float64
	given                                    func(flag string) bool
	quant                                    quant.Options
}

func (o *compileOptions) check() (err error) {
	if o.out == "" {
		return fmt.Errorf("no output: give -o DIR.zkml")
	}
	for _, v := range []ir.Visibility{o.quant.InputVisibility, o.quant.OutputVisibility} {
		if err := v.Check(); err != nil {
			return err
		}
	}
	if o.given("target-agreement") && !(o.target > 0 && o.target <= 1) {
		return fmt.Errorf("--target-agreement %v, want more than 0 and at most 1", o.target)
	}
	if !(o.prune >= 0 && o.prune < 1) {
		return fmt.Errorf("--prune %v, want at least 0 and less than 1", o.prune)
	}
	if o.prune > 0 && o.target > 0 {
		return fmt.Errorf("--prune changes the network that --target-agreement compares with: give one of them")
	}
	return o.checkQuantization()
}

func (o *compileOptions) dataset(c *compilation) (*dataset, error) {
	if o.random > 0 {
		d, err := randomDataset(c.graph, o.random, o.seed, *o.quant.InputRange)
		return d, bad(err)
	}
	return o.read(o.calibration, c)
}

// read reads a data set.
func (o *compileOptions) read(path string, c *compilation) (*dataset, error) {
	return readDataset(path, c.graph, o.quant.InputRange)
}

// compile compiles a model and compares it with the float network.
func (e *env) compile(o *compileOptions, c *compilation) error {
	calibration, err := o.dataset(c)
	if err != nil {
		return err
	}
	compared := calibration
	if o.evaluation != "" {
		if compared, err = o.read(o.evaluation, c); err != nil {
			return err
		}
	}
	if _, err := e.step("compiling", func() error {
		switch {
		case o.prune > 0:
			return c.compilePruned(calibration.every(o.samples), o.calibrator(), o.quant, compared, o.prune)
		case o.target > 0:
			return c.compileTarget(calibration.every(o.samples), o.calibrator(), o.quant, compared, o.target)
		}
		return c.compile(calibration.every(o.samples), o.calibrator(), o.quant, compared)
	}); err != nil {
		return err
	}
	if r := c.report; r.Refused == r.Samples {
		return badf("all %d samples are outside the declared input range", r.Samples)
	}
	return nil
}

// A compiled is what compile prints.
type compiled struct {
	Bundle  string        `json:"bundle"`
	Model   string        `json:"model"`
	Digest  string        `json:"digest"`
	Tensors int           `json:"tensors"`
	Seconds float64       `json:"seconds"`
	Report  *quant.Report `json:"report"`
	choices
	Notes []string `json:"notes,omitempty"`
}

// The choices are what compile changed to reach a target, or was told to change.
type choices struct {
	Raised  []quant.Raise  `json:"raised,omitempty"`
	Pruning *quant.Pruning `json:"pruning,omitempty"`
}

func (c *choices) rows() []row {
	var rows []row
	for _, r := range c.Raised {
		rows = append(rows, row{"raised " + r.Layer, fmt.Sprintf("to %d bits, was %.1f dB", r.Bits, r.SNR)})
	}
	if p := c.Pruning; p != nil {
		rows = append(rows, row{"pruned", fmt.Sprintf("%s of %s weights", thousands(p.Zeroed), thousands(p.Weights))},
			row{"agreement, not pruned", percent(p.Agreement)})
		if p.IntAccuracy != nil {
			rows = append(rows, row{"accuracy, not pruned", percent(*p.IntAccuracy)})
		}
	}
	return rows
}

// A bundleReport is the report.json of a bundle: what compile found, and what zkml
// accuracy asks for: the range that unsigned bytes are taken as, nil if they are
// taken as they are, and the layers.
type bundleReport struct {
	*quant.Report
	InputRange *quant.Span   `json:"input_range,omitempty"`
	Layers     []quant.Layer `json:"layers"`
	choices
}

func (e *env) compiled(c *compilation, o *compileOptions, name string, source [32]byte) error {
	dir := o.out
	report, err := json.MarshalIndent(&bundleReport{c.report, o.quant.InputRange, c.layers, c.choices}, "", "  ")
	if err != nil {
		return badf("comparison with the float network: %w", err) // it overflowed
	}
	if _, err := e.write("writing the bundle", func() error {
		_, err := createBundle(dir, c.program, name, source, append(report, '\n'))
		return err
	}); err != nil {
		return bad(err)
	}
	out := &compiled{Bundle: dir, Model: name, Digest: fmt.Sprintf("%x", c.program.Digest()), Tensors: len(c.program.Nodes),
		Seconds: c.took.Seconds(), Report: c.report, choices: c.choices}
	for _, o := range c.program.Outputs {
		if o.Note != "" {
			out.Notes = append(out.Notes, fmt.Sprintf("output %s: %s", o.Name, o.Note))
		}
	}
	rows := append([]row{{"bundle", dir}, {"model digest", out.Digest}}, reportRows(c.report)...)
	rows = append(rows, c.choices.rows()...)
	rows = append(rows, row{"compiled in", seconds(c.took)})
	for _, n := range out.Notes {
		rows = append(rows, row{"note", n})
	}
	return e.result(out, rows)
}

// reportRows formats a comparison of the integer with the float network.
func reportRows(r *quant.Report) []row {
	rows := []row{{"samples", thousands(r.Samples)}}
	if r.Refused > 0 {
		rows = append(rows, row{"outside the input range", thousands(r.Refused)})
	}
	if r.FloatAccuracy != nil {
		rows = append(rows, row{"accuracy, float", percent(*r.FloatAccuracy)}, row{"accuracy, integer", percent(*r.IntAccuracy)})
	}
	return append(rows, row{"agreement", percent(r.Agreement)},
		row{"worst error", fmt.Sprintf("%.4g of ±%.4g", r.WorstError, r.OutputSpan)})
}
