// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

// A compilation is a model on its way from ONNX to an integer program.
type compilation struct {
	graph   *graph.Graph
	info    *onnx.Info
	program *ir.Program
	layers  []quant.Layer
	choices
	report *quant.Report
	took   time.Duration
}

// load reads a model and returns the SHA-256 of its file, too.
func (e *env) load(path string, opts []onnx.Option) (*compilation, [32]byte, error) {
	data, err := readFile(path, maxInputFile)
	if err != nil {
		return nil, [32]byte{}, err
	}
	sum := sha256.Sum256(data) // before, so that the file need not stay in memory
	var c *compilation
	if _, err := e.step("reading the model", func() (err error) {
		c, err = newCompilation(data, opts...)
		return err
	}); err != nil {
		return nil, [32]byte{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, sum, nil
}

// newCompilation lowers a model to the graph that calibration runs on.
func newCompilation(data []byte, opts ...onnx.Option) (*compilation, error) {
	start := time.Now()
	g, info, err := onnx.Load(data, opts...)
	if err != nil && info != nil && len(info.Unsupported) > 0 {
		hint := "zkml inspect lists everything in a model that is not supported"
		if open := shapeHint(info); open != "" {
			hint += "; " + open
		}
		return nil, hinted(hint, err)
	}
	if err != nil {
		return nil, bad(err)
	}
	if g, err = quant.Prepare(g); err != nil {
		return nil, bad(err)
	}
	return &compilation{graph: g, info: info, took: time.Since(start)}, nil
}

// compile chooses the integer program with calibration and measures it on d.
func (c *compilation) compile(calibration []quant.Sample, calibrate calibrator, opts quant.Options, d *dataset) error {
	err := c.quantize(calibration, calibrate, opts)
	if err == nil {
		c.report, err = quant.Compare(c.graph, c.program, d.samples, d.labels)
	}
	return bad(err)
}

// quantize chooses the integer program.
func (c *compilation) quantize(calibration []quant.Sample, calibrate calibrator, opts quant.Options) error {
	start := time.Now()
	cal, err := calibrate(c.graph, calibration)
	if err != nil {
		return err
	}
	c.program, c.layers, err = quant.CompileLayers(c.graph, cal, opts)
	c.took += time.Since(start)
	return err
}

// compileTarget is compile with activations as wide as an agreement of target on d
// asks for.
func (c *compilation) compileTarget(calibration []quant.Sample, calibrate calibrator, opts quant.Options, d *dataset, target float64) error {
	start := time.Now()
	cal, err := calibrate(c.graph, calibration)
	if err == nil {
		c.program, c.layers, c.Raised, err = quant.CompileTarget(c.graph, cal, opts, d.samples, d.labels, target)
	}
	c.took += time.Since(start)
	if errors.Is(err, quant.ErrTarget) {
		return hinted("zkml accuracy shows the error of every layer; a lower target, or another --calibration-method, may do", bad(err))
	}
	if err == nil {
		c.report, err = quant.Compare(c.graph, c.program, d.samples, d.labels)
	}
	return bad(err)
}

// compilePruned is compile with a share of the weights set to 0. The network without
// pruning is compiled and compared first, and both with the float network as it was.
func (c *compilation) compilePruned(calibration []quant.Sample, calibrate calibrator, opts quant.Options, d *dataset, share float64) error {
	if err := c.compile(calibration, calibrate, opts, d); err != nil {
		return err
	}
	before, float := c.report, c.graph
	pruned, p, err := quant.Prune(float, share)
	if err != nil {
		return bad(err)
	}
	p.Agreement, p.IntAccuracy = before.Agreement, before.IntAccuracy
	c.graph, c.Pruning = pruned, p
	err = c.quantize(calibration, calibrate, opts)
	c.graph = float
	if err == nil {
		c.report, err = quant.Compare(float, c.program, d.samples, d.labels)
	}
	return bad(err)
}
