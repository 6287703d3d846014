// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/prover"
	psnark "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
)

var update = flag.Bool("update", false, "rewrite testdata/proofs.csv")

// maxGas bounds what the verification of a model may cost on chain, whatever its
// size: 3,000 input bytes are the largest statement here.
const maxGas = 420_000

// TestProofs proves a model of every architecture that the direct circuit is for,
// and has an EVM accept the proof and reject it for another output.
func TestProofs(t *testing.T) {
	if testing.Short() {
		t.Skip("makes keys of circuits")
	}
	evm := evmtest.Embedded(t)
	artifact, err := contracts.ForSystem(statement.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := evm.Deploy(t.Context(), artifact)
	if err != nil {
		t.Fatal(err)
	}
	want := readProofs(t)
	got := map[string]proofRow{}
	for _, name := range []string{
		"mlp", "lenet5", "mnist-cntk", "cnn-cifar-01", "lstm", "gru", "toycar-autoencoder", "decision-tree", "boosted-forest", "attention",
	} {
		t.Run(name, func(t *testing.T) {
			p := newProved(t, find(t, name))
			gas, reason := p.verify(t, evm, verifier, p.inference(t))
			if reason != "" || gas > maxGas {
				t.Errorf("the EVM says %q, for %d gas", reason, gas)
			}
			forged := p.inference(t)
			forged.Output = bytes.Clone(forged.Output)
			forged.Output[len(forged.Output)-1] ^= 1
			if _, reason := p.verify(t, evm, verifier, forged); reason != "ProofInvalid" {
				t.Errorf("the EVM says %q of a forged output", reason)
			}
			row := p.row(t, gas)
			got[name] = row
			s := p.result.Stats
			t.Logf("setup %v, prove %v, %+v", p.setup.Round(time.Millisecond), (s.Witness + s.Solve + s.Prove).Round(time.Millisecond), row)
			if old, ok := want[name]; !*update && (!ok || !old.like(row)) {
				t.Errorf("got %+v, want %+v (-update blesses it)", row, old)
			}
		})
	}
	if *update {
		writeProofs(t, want, got)
	}
}

// find returns the Groth16 case of a model. It skips the test if that is a
// third-party model which is not there.
func find(t *testing.T, name string) benchCase {
	t.Helper()
	is := func(c benchCase) bool { return c.model == name && c.system == "groth16" }
	for _, list := range [][]benchCase{cases, seeded} {
		if i := slices.IndexFunc(list, is); i >= 0 {
			return list[i]
		}
	}
	list := thirdParty(onnxtest.Shared(t, "models"))
	i := slices.IndexFunc(list, is)
	if i < 0 {
		t.Fatalf("no model %q", name)
	}
	return list[i]
}

// A proved is a model with keys and a proof.
type proved struct {
	program *ir.Program
	job     *prover.Job
	inputs  [][]int64
	result  *prover.Result
	setup   time.Duration
}

func newProved(t *testing.T, c benchCase) *proved {
	t.Helper()
	samples, program := integerProgram(t, c)
	m, err := circuits.NewModel(program, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cs, err := psnark.Compile(m.Circuit(), snark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	pk, _, err := psnark.Setup(t.Context(), cs, psnark.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &proved{program: program, job: &prover.Job{Model: m, CS: cs, Key: pk}, setup: time.Since(start)}
	p.job.ID = statement.ModelID(program.Digest(), statement.Groth16, p.key(t))
	for i, id := range program.Inputs {
		q, err := quant.QuantizeInput(program.Input(id), samples[0][i])
		if err != nil {
			t.Fatal(err)
		}
		p.inputs = append(p.inputs, q)
	}
	if p.result, err = p.job.Prove(t.Context(), p.inputs, [32]byte{1}); err != nil {
		t.Fatal(err)
	}
	return p
}

// integerProgram compiles a case as the command does, and returns its samples, too.
func integerProgram(t *testing.T, c benchCase) ([]quant.Sample, *ir.Program) {
	t.Helper()
	data, err := c.onnx()
	if err != nil {
		t.Fatal(err)
	}
	g, _, err := onnx.Load(data, c.options(t)...)
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	samples, span := drawnDigits(t), quant.Span{Lo: 0, Hi: 1}
	if c.inputRange != "" {
		if span.Lo, span.Hi, err = c.bounds(); err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(1, 2))
		samples = make([]quant.Sample, 16)
		for k := range samples {
			for _, id := range g.Inputs {
				x := make([]float64, g.Nodes[id].Shape.Size())
				for i := range x {
					x[i] = c.draw(rng, span.Lo, span.Hi)
				}
				samples[k] = append(samples[k], x)
			}
		}
	}
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{InputRange: &span})
	if err != nil {
		t.Fatal(err)
	}
	return samples, p
}

// options are those of shapeFlags.
func (c benchCase) options(t *testing.T) []onnx.Option {
	t.Helper()
	var out []onnx.Option
	for _, s := range c.shapes {
		name, dims, _ := strings.Cut(s, "=")
		var shape []int
		for _, d := range strings.Split(dims, ",") {
			n, err := strconv.Atoi(d)
			if err != nil {
				t.Fatal(err)
			}
			shape = append(shape, n)
		}
		out = append(out, onnx.InputShape(name, shape))
	}
	return out
}

// drawnDigits returns the first pictures of the examples, pixels divided by 255.
func drawnDigits(t *testing.T) []quant.Sample {
	t.Helper()
	arrays, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	const size = 28 * 28
	i := slices.IndexFunc(arrays, func(a *npy.Array) bool { return a.Name == "images" })
	samples := make([]quant.Sample, 50)
	for k := range samples {
		x := slices.Clone(arrays[i].Data[k*size : (k+1)*size])
		for j := range x {
			x[j] /= 255
		}
		samples[k] = quant.Sample{x}
	}
	return samples
}

func (p *proved) key(t *testing.T) []byte {
	t.Helper()
	key, err := export.Groth16Key(p.job.Key.VerifyingKey().Groth16())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// inference is what a user sends to the contract.
func (p *proved) inference(t *testing.T) *export.Inference {
	t.Helper()
	r := p.result
	return &export.Inference{
		ModelDigest: p.program.Digest(), Context: r.Context, System: statement.Groth16, Key: p.key(t),
		Input: r.Claim.Input, Output: r.Claim.Output, Commitments: r.Claim.Commitments, Z: r.Public[1], Proof: r.Proof.Calldata(),
	}
}

// verify sends an inference as a transaction and returns its gas, or the error of
// the contract.
func (p *proved) verify(t *testing.T, c *chain.Chain, verifier chain.Contract, v *export.Inference) (gas int64, reason string) {
	t.Helper()
	data := v.Calldata()
	if reason := evmtest.Verdict(t, c, verifier, data); reason != "" {
		return 0, reason
	}
	used, err := c.Transact(t.Context(), verifier, data)
	if err != nil {
		t.Fatal(err)
	}
	return int64(used), ""
}
