// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// printPlan compiles a model of the zoo and prints what the sumcheck system makes of it:
// the sizes of tree and columns, and the constraints of the wrap by step.
func printPlan(w io.Writer, name string, bits int) error {
	for _, c := range zooCases("") {
		if c.model == name {
			p, err := c.compile(bits)
			if err != nil {
				return err
			}
			return describePlan(w, p)
		}
	}
	return fmt.Errorf("no model %q", name)
}

func (c zooCase) compile(bits int) (*ir.Program, error) {
	data, err := c.onnx()
	if err != nil {
		return nil, err
	}
	g, _, err := onnx.Load(data)
	if err != nil {
		return nil, err
	}
	if g, err = quant.Prepare(g); err != nil {
		return nil, err
	}
	cal, err := quant.Calibrate(g, c.samples(g)[:zooCalibration], 100)
	if err != nil {
		return nil, err
	}
	return quant.Compile(g, cal, quant.Options{ActBits: bits, InputRange: &quant.Span{Lo: c.lo, Hi: c.hi}})
}

func describePlan(w io.Writer, p *ir.Program) error {
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		return err
	}
	plan, err := reduction.New(m.System, reduction.Options{})
	if err != nil {
		return err
	}
	leaves, cubes := 0, 0
	for _, r := range plan.Tree.Regions {
		leaves += r.Shape.Size()
		cubes += len(r.Cubes)
	}
	fmt.Fprintf(w, "tree: %d leaves in %d regions, %d with padding in %d cubes, of 2^%d\n", leaves, len(plan.Tree.Regions), plan.Tree.Used, cubes, plan.Tree.Vars)
	elements, padded := 0, 0
	for i := range plan.Tensors {
		elements += plan.Tensors[i].Shape.Size()
	}
	for _, b := range plan.Layout.Blocks {
		padded += 1 << b.Vars
	}
	l := &plan.Layout
	fmt.Fprintf(w, "columns: %d elements of %d tensors, %d with padding in %d blocks, %d and %d columns of 2^%d\n",
		elements, len(plan.Tensors), padded, len(l.Blocks), l.Model, l.Witness, l.Vars)
	memory, err := sumcheck.EstimateMemory(plan, vsnark.Groth16)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "memory: about %d MiB\n", memory.Total()>>20)
	costs, err := plan.Costs()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%-28s %9s %9s\n", "wrap, after", "products", "hashes")
	products, hashes := 0, 0
	for _, c := range costs {
		fmt.Fprintf(w, "%-28s %9d %9d\n", c.Step, c.Products, c.Hashes)
		products, hashes = products+c.Products, hashes+c.Hashes
	}
	fmt.Fprintf(w, "%-28s %9d %9d\n", "", products, hashes)
	return nil
}
