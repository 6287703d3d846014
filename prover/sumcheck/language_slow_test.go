// SPDX-License-Identifier: Apache-2.0

//go:build slow

package sumcheck_test

import (
	"runtime/debug"
	"testing"
	"time"

	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
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
			watch := newWatch(t)
			p, x := transformer(t, c.model, 12)
			watch.lap("compile")
			measure(t, p, x)
		})
	}
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
	debug.FreeOSMemory()
	machine.ResetPeak()
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

func newWatch(t *testing.T) *watch { return &watch{t, time.Now(), machine.CPUTime()} }

func (w *watch) lap(what string) {
	now, cpu := time.Now(), machine.CPUTime()
	w.t.Logf("%s: %.1f s, %.1f s of the processor, peak %d MiB", what, now.Sub(w.last).Seconds(), cpu-w.cpu, machine.PeakMemory()>>20)
	w.last, w.cpu = now, cpu
}
