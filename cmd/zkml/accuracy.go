// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

var accuracyCommand = &command{
	name:  "accuracy",
	short: "measure the integer network against the float one, layer by layer",
	args:  "(DIR.zkml --float MODEL.onnx | MODEL.onnx --calibration FILE.npz) --data FILE.npz... [--plot FILE.svg]",
	long: `
Accuracy runs the integer and the float network on data sets and prints for each
the accuracies (if it has an array "labels"), the share of samples of which both
say the same, and the error of the output and of every layer: signal-to-noise
ratio, relative root mean square error, and how many elements were beyond what
the layer's integers hold. --plot draws the same.

A bundle holds the integer network only; --float names the model that it was
compiled from. Of a model without a bundle the integer network is made as compile
makes it, with the same flags, and not written.

Arrays hold samples along their first axis. Unsigned bytes are pixels: with
--input-range, here or when the bundle was compiled, 0 stands for LO and 255 for
HI.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &accuracyOptions{}
		f.Func("data", "samples, a .npy or .npz `FILE`; may be given more than once", func(s string) error {
			o.data = append(o.data, s)
			return nil
		})
		f.StringVar(&o.float, "float", "", "the `MODEL` that the bundle was compiled from")
		f.StringVar(&o.plot, "plot", "", "a picture to write, a .svg or .png `FILE`")
		o.quantization(f)
		o.shapes = shapeFlag(f)
		return func(e *env, args []string) error {
			path, err := one(args, "the bundle, a directory NAME.zkml, or the model")
			if err != nil {
				return err
			}
			info, err := os.Stat(path)
			o.bundle = err == nil && info.IsDir()
			if err := o.check(f); err != nil {
				return usageError{err}
			}
			if o.plot != "" {
				if err := writableFile(o.plot); err != nil {
					return err
				}
			}
			c, err := o.open(e, path)
			if err != nil {
				return err
			}
			return o.measure(e, c, path)
		}
	},
}

type accuracyOptions struct {
	compileOptions
	data        []string
	float, plot string
	shapes      *[]onnx.Option
	bundle      bool // the argument is a bundle
}

// check refuses flags that would have no effect.
func (o *accuracyOptions) check(f *flag.FlagSet) error {
	if len(o.data) == 0 {
		return fmt.Errorf("no data: give --data FILE.npz")
	}
	if ext := filepath.Ext(o.plot); o.plot != "" && ext != ".svg" && ext != ".png" {
		return fmt.Errorf("--plot %s: want a name that ends in .svg or .png", o.plot)
	}
	if !o.bundle {
		if o.float != "" {
			return fmt.Errorf("--float goes with a bundle")
		}
		return o.checkQuantization()
	}
	if o.float == "" {
		return fmt.Errorf("no float network: give --float MODEL.onnx, the model that the bundle was compiled from")
	}
	var err error
	f.Visit(func(x *flag.Flag) {
		if !slices.Contains([]string{"data", "float", "plot", "json", "input-range", "input-shape"}, x.Name) {
			err = fmt.Errorf("--%s goes with a model: the bundle is compiled", x.Name)
		}
	})
	if err == nil && o.inputRange != "" {
		o.quant.InputRange, err = parseRange(o.inputRange)
	}
	return err
}

// open returns both networks and their layers.
func (o *accuracyOptions) open(e *env, path string) (*compilation, error) {
	if o.bundle {
		return o.openBundle(e, path)
	}
	c, _, err := e.load(path, *o.shapes)
	if err != nil {
		return nil, err
	}
	calibration, err := o.dataset(c)
	if err != nil {
		return nil, err
	}
	_, err = e.step("compiling", func() error {
		return bad(c.quantize(calibration.every(o.samples), o.calibrator(), o.quant))
	})
	return c, err
}

func (o *accuracyOptions) openBundle(e *env, dir string) (*compilation, error) {
	b, err := openBundle([]string{dir})
	if err != nil {
		return nil, err
	}
	data, err := b.Report()
	if err != nil {
		return nil, bad(err)
	}
	var report bundleReport
	if data != nil {
		if err := json.Unmarshal(data, &report); err != nil {
			return nil, badf("report of %s: %w", dir, err)
		}
	}
	if len(report.Layers) == 0 {
		return nil, hinted("compile it again", fmt.Errorf("the report of %s does not say where its layers are", dir))
	}
	c, source, err := e.load(o.float, *o.shapes)
	if err != nil {
		return nil, err
	}
	if source != b.Manifest().Source {
		return nil, badf("%s is not the model that %s was compiled from: their SHA-256 differ", o.float, dir)
	}
	c.program, c.layers = b.Program(), report.Layers
	if o.quant.InputRange == nil {
		o.quant.InputRange = report.InputRange
	}
	return c, nil
}

// An accuracy is what the command prints.
type accuracy struct {
	Model string        `json:"model"`
	Data  []accuracySet `json:"data"`
	Plot  string        `json:"plot,omitempty"`
}

// An accuracySet is the measurement on one data set.
type accuracySet struct {
	File string `json:"file"`
	*quant.Measurement
}

func (o *accuracyOptions) measure(e *env, c *compilation, path string) error {
	out := &accuracy{Model: path, Plot: o.plot}
	for _, file := range o.data {
		d, err := readDataset(file, c.graph, o.quant.InputRange)
		if err != nil {
			return err
		}
		var m *quant.Measurement
		if _, err := e.step("running both networks", func() (err error) {
			m, err = quant.Measure(c.graph, c.program, c.layers, d.samples, d.labels)
			return bad(err)
		}); err != nil {
			return err
		}
		if m.Refused == m.Samples {
			return badf("%s: all %d samples are outside the declared input range", file, m.Samples)
		}
		out.Data = append(out.Data, accuracySet{file, m})
	}
	if _, err := json.Marshal(out); err != nil {
		return badf("comparison with the float network: %w", err) // it overflowed
	}
	if o.plot != "" {
		if err := out.draw(o.plot); err != nil {
			return err
		}
	}
	return e.result(out, out.rows())
}

func (a *accuracy) rows() []row {
	rows := []row{{"model", a.Model}}
	for _, s := range a.Data {
		rows = append(rows, row{"data", s.File})
		rows = append(rows, reportRows(&s.Report)...)
		for _, l := range s.Layers {
			rows = append(rows, row{"layer " + l.Name, layerText(l)})
		}
	}
	if a.Plot != "" {
		rows = append(rows, row{"plot", a.Plot})
	}
	return rows
}

// layerText formats the error of a layer, in columns.
func layerText(l quant.LayerError) string {
	snr, relative := "exact", "0"
	switch {
	case l.SNR != nil:
		snr, relative = fmt.Sprintf("%.1f dB", *l.SNR), fmt.Sprintf("%.2g", *l.RelativeRMSE)
	case l.RMSE != 0: // of a tensor that is 0 over the reals
		snr, relative = "no signal", "–"
	}
	return strings.TrimRight(fmt.Sprintf("%-12s %9s  relative error %-8s saturated %s of %s", l.Kind, snr, relative, thousands(l.Saturated), thousands(l.Elements)), " ")
}
