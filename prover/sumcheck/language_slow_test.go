// SPDX-License-Identifier: Apache-2.0

//go:build slow

package sumcheck_test

import (
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	"github.com/zkml-go/zkml/zoo"
)

// TestLanguageModels proves transformers of the zoo without the wrap, whose keys take
// longest, and prints what each phase takes. The times of the processor are those of all
// threads.
func TestLanguageModels(t *testing.T) {
	for _, c := range []struct {
		name  string
		model zoo.Transformer
	}{{"TinyStories, 32 tokens", zoo.TinyStories(32)}, {"GPT-2 S, 16 tokens", zoo.GPT2Small(16)}} {
		t.Run(c.name, func(t *testing.T) {
			c.model.Embedded = true
			p, x := transformer(t, c.model)
			measure(t, p, x)
		})
	}
}

// transformer returns a compiled model and an input.
func transformer(t *testing.T, model zoo.Transformer) (*ir.Program, []int64) {
	watch := newWatch(t)
	g, _, err := onnx.Load(model.Model().Marshal())
	if err != nil {
		t.Fatal(err)
	}
	if g, err = quant.Prepare(g); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 0))
	x := make([]float64, model.Tokens*model.Width)
	for i := range x {
		x[i] = 0.02 * rng.NormFloat64()
	}
	cal, err := quant.Calibrate(g, []quant.Sample{{x}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{ActBits: 12})
	if err != nil {
		t.Fatal(err)
	}
	q, err := quant.QuantizeInput(p.Input(p.Inputs[0]), x)
	if err != nil {
		t.Fatal(err)
	}
	watch.lap("compile")
	return p, q
}

func measure(t *testing.T, p *ir.Program, x []int64) {
	watch := newWatch(t)
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := reduction.New(m.System, reduction.Options{})
	if err != nil {
		t.Fatal(err)
	}
	constraints, err := plan.NumConstraints()
	if err != nil {
		t.Fatal(err)
	}
	l := &plan.Layout
	memory, err := sumcheck.EstimateMemory(plan, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("tree of 2^%d, %d and %d columns of 2^%d, %d blocks, about %d constraints in the wrap, about %d MiB", plan.Tree.Vars, l.Model, l.Witness, l.Vars,
		len(l.Blocks), constraints, memory.Total()>>20)
	watch.lap("plan")
	unwrapped, err := snark.Compile(&unrelated{}, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	pk, err := sumcheck.Setup(t.Context(), plan, unwrapped, sumcheck.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	watch.lap("setup, without the wrap")
	job := &sumcheck.Job{Model: m, Plan: plan, Key: pk}
	clearPeak()
	r, err := job.Prove(t.Context(), [][]int64{x}, [32]byte{}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, phase := range r.Phases {
		t.Logf("  %s: %.1f s", phase.Name, phase.Time.Seconds())
	}
	watch.lap("prove and verify")
}

// A watch prints what passed since the last lap.
type watch struct {
	t    *testing.T
	last time.Time
	cpu  float64
}

func newWatch(t *testing.T) *watch { return &watch{t, time.Now(), processor()} }

func (w *watch) lap(what string) {
	now, cpu := time.Now(), processor()
	w.t.Logf("%s: %.1f s, %.1f s of the processor, peak %s", what, now.Sub(w.last).Seconds(), cpu-w.cpu, peak())
	w.last, w.cpu = now, cpu
}

// processor returns the time that this process has computed, in seconds.
func processor() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// clearPeak makes peak start anew, where the system can do that.
func clearPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// peak returns the largest resident set since the last clearPeak, or what the system says
// instead.
func peak() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err.Error()
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "unknown"
}
