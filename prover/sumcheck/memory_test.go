// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	"github.com/zkml-go/zkml/zoo"
)

// live returns how many bytes the last collection found in use.
func live() int64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}

// peakOf returns the most memory in use while do runs, above that before. The collector runs
// often meanwhile.
func peakOf(do func()) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(2))
	runtime.GC()
	before := live()
	stop, peak := make(chan struct{}), make(chan int64)
	go func() {
		most := before
		for {
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(time.Millisecond / 4):
				most = max(most, live())
			}
		}
	}()
	do()
	close(stop)
	return <-peak - before
}

// TestEstimateMemory compares what a proof takes with the estimate, for a network most of whose
// memory is the tree's and for one where it is the sumchecks'. No other test runs meanwhile.
func TestEstimateMemory(t *testing.T) {
	for name, c := range map[string]func(testing.TB) (*ir.Program, []int64){"transformer": smallTransformer, "products": products} {
		t.Run(name, func(t *testing.T) {
			p, x := c(t)
			j := plainJobOf(t, p, reduction.Options{Vars: 14})
			memory, err := sumcheck.EstimateMemory(j.Plan, "")
			if err != nil {
				t.Fatal(err)
			}
			peak := peakOf(func() {
				if _, err := j.Prove(t.Context(), [][]int64{x}, [32]byte{}, true); err != nil {
					t.Error(err)
				}
			})
			// Both are there before.
			estimate := memory.Total() - memory.Program - memory.Powers
			t.Logf("%d bytes in use, %d estimated: %+v", peak, estimate, memory)
			if estimate < peak || estimate > 3*peak {
				t.Errorf("%d bytes estimated, %d in use, want up to three times as much", estimate, peak)
			}
		})
	}
}

// smallTransformer returns a layer of a transformer, and an input.
func smallTransformer(t testing.TB) (*ir.Program, []int64) {
	return transformer(t, zoo.Transformer{Layers: 1, Width: 64, Heads: 4, Vocabulary: 100, Context: 16, Tokens: 16, Seed: 1, Embedded: true}, 8)
}

// transformer returns a compiled model and an input.
func transformer(t testing.TB, model zoo.Transformer, actBits int) (*ir.Program, []int64) {
	t.Helper()
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
	p, err := quant.Compile(g, cal, quant.Options{ActBits: actBits})
	if err != nil {
		t.Fatal(err)
	}
	q, err := quant.QuantizeInput(p.Input(p.Inputs[0]), x)
	if err != nil {
		t.Fatal(err)
	}
	return p, q
}

// products returns the sum of eight products, element by element, that one table looks up.
func products(t testing.TB) (*ir.Program, []int64) {
	const n = 1 << 14
	p := &ir.Program{}
	x := add(t, p, "x", ir.Input{Name: "x", Shape: tensor.Shape{n}, Declared: ir.Range{Lo: -8, Hi: 7}, Scale: 1, Visibility: ir.Private})
	square := ir.Contract{Contraction: tensor.Contraction{Extents: []int{n}, A: []int{0}, B: []int{0}, Out: []int{0}}}
	var args []ir.ID
	var coefs []int64
	for range 8 {
		args, coefs = append(args, add(t, p, "product", square, x, x)), append(coefs, 1)
	}
	y := add(t, p, "sum", ir.Linear{Coefs: coefs}, args...)
	y = add(t, p, "y", ir.Rescale{Multiplier: 1, Shift: 6}, y)
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Private}}
	return p, make([]int64, n)
}

// TestMemoryParts compares the parts of an estimate with what is counted by hand.
func TestMemoryParts(t *testing.T) {
	t.Parallel()
	_, plan := keyed(t)
	m, err := sumcheck.EstimateMemory(plan, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	leaves, rows := int64(0), int64(0)
	for _, r := range plan.Tree.Regions {
		for _, c := range r.Cubes {
			leaves += 1 << c.Vars
		}
		if r.Member < 0 {
			rows += int64(r.Shape[0])
		}
	}
	// The one contraction binds the axis of 8 that both operands have.
	if m.Tree != 48*leaves+16<<plan.Tree.Vars+44*rows || m.Levels != 48*2*8 || m.Opening != 96<<8 || m.Powers != 64*(1<<8+1) {
		t.Errorf("%+v for %d leaves and columns of 2^8 elements", m, leaves)
	}
	if columns := int64(plan.Layout.Model + plan.Layout.Witness); m.Columns <= 0 || m.Columns > columns*8<<8 {
		t.Errorf("%d bytes for %d columns of 2^8 elements", m.Columns, columns)
	}
	if sum := m.Trace + m.Columns + m.Tree + m.Levels + m.Opening + m.Powers + m.Wrap + m.Program; m.Total() != sum {
		t.Errorf("total %d, want %d", m.Total(), sum)
	}
	if plain, err := sumcheck.EstimateMemory(plan, ""); err != nil || plain.Total() != m.Total()-m.Wrap || m.Wrap == 0 {
		t.Errorf("a plain proof takes %d, a wrapped one %d", plain.Total(), m.Total())
	}
}
