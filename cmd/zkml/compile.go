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
	percentile                               float64
	quant                                    quant.Options
}

// quantization declares the flags that choose scales.
func (o *compileOptions) quantization(f *flag.FlagSet) {
	f.StringVar(&o.calibration, "calibration", "", "sample inputs, a .npy or .npz `FILE`")
	f.IntVar(&o.random, "calibration-random", 0, "calibrate on `N` random inputs instead")
	f.Uint64Var(&o.seed, "seed", 1, "`SEED` of the random inputs")
	f.StringVar(&o.inputRange, "input-range", "", "`LO,HI`: the declared range of every input; default: what calibration saw")
	f.IntVar(&o.quant.ActBits, "act-bits", 8, "width of activations, in `BITS`: 4 to 16")
	f.Float64Var(&o.percentile, "percentile", 100, "`PERCENT` of a tensor's elements that its range must hold; 100 is max-abs calibration")
	f.IntVar(&o.samples, "calibration-samples", 256, "use at most `N` of the samples to calibrate; all are compared")
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
	return o.checkQuantization()
}

func (o *compileOptions) checkQuantization() (err error) {
	if (o.calibration == "") == (o.random == 0) {
		return fmt.Errorf("give either --calibration FILE or --calibration-random N")
	}
	if o.random < 0 || o.random > 1<<16 {
		return fmt.Errorf("--calibration-random %d, want 1 to 65536", o.random)
	}
	if o.samples < 1 {
		return fmt.Errorf("--calibration-samples %d, want at least 1", o.samples)
	}
	if b := o.quant.ActBits; b < 4 || b > 16 {
		return fmt.Errorf("--act-bits %d, want 4 to 16", b)
	}
	if !(o.percentile > 50 && o.percentile <= 100) {
		return fmt.Errorf("--percentile %v, want more than 50 and at most 100", o.percentile)
	}
	if o.inputRange != "" {
		if o.quant.InputRange, err = parseRange(o.inputRange); err != nil {
			return err
		}
	}
	if o.random != 0 && o.quant.InputRange == nil {
		return fmt.Errorf("--calibration-random needs --input-range LO,HI")
	}
	return nil
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
		return c.compile(calibration.every(o.samples), o.percentile, o.quant, compared)
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
	Notes   []string      `json:"notes,omitempty"`
}

// A bundleReport is the report.json of a bundle: what compile found, and what zkml
// accuracy asks for: the range that unsigned bytes are taken as, nil if they are
// taken as they are, and the layers.
type bundleReport struct {
	*quant.Report
	InputRange *quant.Span   `json:"input_range,omitempty"`
	Layers     []quant.Layer `json:"layers"`
}

func (e *env) compiled(c *compilation, o *compileOptions, name string, source [32]byte) error {
	dir := o.out
	report, err := json.MarshalIndent(&bundleReport{c.report, o.quant.InputRange, c.layers}, "", "  ")
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
		Seconds: c.took.Seconds(), Report: c.report}
	for _, o := range c.program.Outputs {
		if o.Note != "" {
			out.Notes = append(out.Notes, fmt.Sprintf("output %s: %s", o.Name, o.Note))
		}
	}
	rows := append([]row{{"bundle", dir}, {"model digest", out.Digest}}, reportRows(c.report)...)
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
