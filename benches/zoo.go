// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/zoo"
)

// How the models of the zoo are compiled and compared: on seeded inputs.
const (
	zooSeed        = 1
	zooCalibration = 4  // inputs
	zooCompared    = 4  // others, with the float network
	zooReferred    = 16 // these and more, with ONNX Runtime
	zooRuns        = 3  // of the integer network
)

// A zooCase is a model that is compiled and run, but not proved.
type zooCase struct {
	model string
	onnx  func() ([]byte, error)
	lo    float64 // the range of the inputs
	hi    float64
	whole bool   // inputs are integers, numbers of tokens
	shape string // of an input that the model leaves open, NAME=N,…
}

// zooCases lists the architectures of package zoo, and with a directory the
// models of others in it.
func zooCases(dir string) []zooCase {
	var out []zooCase
	for _, a := range zoo.Architectures() {
		c := zooCase{model: a.Name, onnx: func() ([]byte, error) { return a.Build(zooSeed) }, lo: -1, hi: 1}
		if a.Vocabulary > 0 {
			c.lo, c.hi, c.whole = 0, float64(a.Vocabulary-1), true
		}
		out = append(out, c)
	}
	if dir == "" {
		return out
	}
	for _, m := range zooFiles {
		read := func() ([]byte, error) { return os.ReadFile(filepath.Join(dir, m.path)) }
		out = append(out, zooCase{model: m.name, onnx: read, lo: m.lo, hi: m.hi, shape: m.shape})
	}
	return out
}

// measureZoo measures each model in a process of its own, so that its peak memory
// is its own, one after the other.
func measureZoo(pattern, models, runtimeDir string, bits int) error {
	match, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	header(os.Stdout)
	failed := 0
	for _, c := range zooCases(models) {
		if !match.MatchString(c.model) {
			continue
		}
		cmd := exec.Command(self, "-zoo-model", c.model, "-models", models, "-runtime", runtimeDir, "-act-bits", strconv.Itoa(bits))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			fmt.Printf("--- FAIL: Benchmark/%s: %v\n", c.model, err)
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d models failed", failed)
	}
	return nil
}

// measureOne measures one model in this process.
func measureOne(w io.Writer, name, models, runtimeDir string, bits int) error {
	for _, c := range zooCases(models) {
		if c.model == name {
			return c.measure(w, runtimeDir, bits)
		}
	}
	return fmt.Errorf("no model %q", name)
}

func (c zooCase) measure(w io.Writer, runtimeDir string, bits int) error {
	data, err := c.onnx()
	if err != nil {
		return err
	}
	runtime.GC()
	machine.ResetPeak()
	start, cpu := time.Now(), machine.CPUTime()
	opts, err := inputShapes(c.shape)
	if err != nil {
		return err
	}
	g, info, err := onnx.Load(data, opts...)
	if err != nil {
		return err
	}
	if g, err = quant.Prepare(g); err != nil {
		return err
	}
	samples := c.samples(g)
	cal, err := quant.Calibrate(g, samples[:zooCalibration], 100)
	if err != nil {
		return err
	}
	p, err := quant.Compile(g, cal, quant.Options{ActBits: bits, InputRange: &quant.Span{Lo: c.lo, Hi: c.hi}})
	if err != nil {
		return err
	}
	c.line(w, "Compile", bits, time.Since(start), metric{"cpu-s", machine.CPUTime() - cpu}, metric{"parameters", float64(info.Parameters)}, metric{"MACs", float64(info.MACs + info.DynamicMACs)},
		metric{"activations", float64(activations(p))}, metric{"peak-MiB", float64(machine.PeakMemory()) / (1 << 20)})
	if err := c.execute(w, p, samples[zooCalibration], bits); err != nil {
		return err
	}
	report, err := quant.Compare(g, p, samples[zooCalibration:][:zooCompared], nil)
	if err != nil {
		return err
	}
	c.line(w, "Compare", bits, 0, metric{"agreement-%", 100 * report.Agreement}, metric{"samples", float64(report.Samples)},
		metric{"mean-error-%-of-span", 100 * report.MeanError / report.OutputSpan}, metric{"worst-error-%-of-span", 100 * report.WorstError / report.OutputSpan})
	if err := c.compareRuntime(w, data, p, samples[zooCalibration:], bits, runtimeDir); err != nil {
		return err
	}
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		return err
	}
	c.line(w, "Circuit", bits, 0, metric{"constraints-estimated", float64(m.Estimate())})
	return nil
}

// execute measures the integer network on one input.
func (c zooCase) execute(w io.Writer, p *ir.Program, s quant.Sample, bits int) error {
	in := make([][]int64, len(s))
	for i, id := range p.Inputs {
		var err error
		if in[i], err = quant.QuantizeInput(p.Input(id), s[i]); err != nil {
			return err
		}
	}
	plan := p.Plan()
	runtime.GC()
	machine.ResetPeak()
	for range zooRuns {
		start, cpu := time.Now(), machine.CPUTime()
		if _, err := plan.Execute(in, nil); err != nil {
			return err
		}
		c.line(w, "Execute", bits, time.Since(start), metric{"cpu-s", machine.CPUTime() - cpu}, metric{"peak-MiB", float64(machine.PeakMemory()) / (1 << 20)})
	}
	return nil
}

// samples draws inputs, images where they have their shape.
func (c zooCase) samples(g *graph.Graph) []quant.Sample {
	rng := rand.New(rand.NewPCG(zooSeed, 0x62656e))
	out := make([]quant.Sample, zooCalibration+zooReferred)
	for k := range out {
		for _, id := range g.Inputs {
			x := zoo.Images(g.Nodes[id].Shape, rng)
			for i := range x {
				if x[i] = c.lo + (c.hi-c.lo)*(x[i]+1)/2; c.whole {
					x[i] = math.Round(x[i])
				}
			}
			out[k] = append(out[k], x)
		}
	}
	return out
}

// activations counts the elements of values that neither are constants nor follow
// from others by moving, summing or multiplying: what every proof must hold.
func activations(p *ir.Program) int {
	n := 0
	for _, node := range p.Nodes {
		switch node.Op.Kind() {
		case "input", "rescale", "lookup", "max", "divide":
			n += node.Shape.Size()
		}
	}
	return n
}

func (c zooCase) line(w io.Writer, stage string, bits int, took time.Duration, metrics ...metric) {
	fmt.Fprintf(w, "BenchmarkZoo%s/model=%s/bits=%d-%d 1", stage, c.model, bits, runtime.GOMAXPROCS(0))
	if took > 0 {
		fmt.Fprintf(w, " %d ns/op", took.Nanoseconds())
	}
	for _, m := range metrics {
		fmt.Fprintf(w, " %s %s", number(m.value), m.unit)
	}
	fmt.Fprintln(w)
}
