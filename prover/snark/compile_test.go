// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/consensys/gnark/frontend"

	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestCompile(t *testing.T) {
	t.Parallel()
	for i, f := range fixtures(t) {
		if got, want := f.cs.NumCommitments(), i%2; got != want {
			t.Errorf("%s: %d commitments, want %d", f.name, got, want)
		}
		if f.cs.NumConstraints() < 4 || f.cs.NumWires() < 6 {
			t.Errorf("%s: %d constraints and %d wires", f.name, f.cs.NumConstraints(), f.cs.NumWires())
		}
		if powers := f.cs.NumPowers(); (f.cs.System() == snark.Plonk) != (powers >= f.cs.NumConstraints()+3) {
			t.Errorf("%s: %d powers for %d gates", f.name, powers, f.cs.NumConstraints())
		}
	}
}

// inputs has so many public inputs and commitments.
type inputs struct {
	Public []frontend.Variable `gnark:",public"`
	X      frontend.Variable

	Commitments int `gnark:"-"`
}

func (c *inputs) Define(api frontend.API) error {
	for i := range c.Public {
		api.AssertIsEqual(api.Mul(c.X, c.Public[i]), api.Add(i, c.X))
	}
	for i := range c.Commitments {
		v, err := api.(frontend.Committer).Commit(api.Add(c.X, i))
		if err != nil {
			return err
		}
		api.AssertIsDifferent(v, 0)
	}
	return nil
}

func TestCompileRefusesShapes(t *testing.T) {
	t.Parallel()
	circuit := func(public, commitments int) *inputs {
		return &inputs{Public: make([]frontend.Variable, public), Commitments: commitments}
	}
	for _, c := range []struct {
		name    string
		system  snark.System
		circuit *inputs
		want    string
	}{
		{"two public inputs", snark.Groth16, circuit(2, 0), "2 public inputs, want 3"},
		{"two public inputs", snark.Plonk, circuit(2, 0), "2 public inputs, want 3"},
		{"four public inputs", snark.Groth16, circuit(4, 1), "4 public inputs, want 3"},
		{"four public inputs", snark.Plonk, circuit(4, 1), "4 public inputs, want 3"},
		{"two commitments", snark.Groth16, circuit(3, 2), "2 commitments, at most 1"},
		{"three commitments", snark.Plonk, circuit(3, 3), "3 commitments, at most 1"},
		{"unknown system", "stark", circuit(3, 0), `unknown proof system "stark"`},
	} {
		_, err := prover.Compile(c.circuit, c.system)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s: got %v, want an error with %q", c.name, c.system, err, c.want)
		}
	}
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		if _, err := prover.Compile(circuit(3, 1), system); err != nil {
			t.Errorf("three public inputs and one commitment for %s: %v", system, err)
		}
	}
}

// publicCommit commits to a public input.
type publicCommit struct {
	D, Z, E frontend.Variable `gnark:",public"`
}

func (c *publicCommit) Define(api frontend.API) error {
	api.AssertIsEqual(api.Mul(c.D, c.Z), c.E)
	v, err := api.(frontend.Committer).Commit(c.D, api.Mul(c.Z, c.Z))
	if err != nil {
		return err
	}
	api.AssertIsDifferent(v, 0)
	return nil
}

func TestCompileRefusesCommittedPublicInputs(t *testing.T) {
	t.Parallel()
	_, err := prover.Compile(&publicCommit{}, snark.Groth16)
	if want := "commits to 1 public inputs, want 0"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an error with %q", err, want)
	}
	if _, err := prover.Compile(&publicCommit{}, snark.Plonk); err != nil {
		t.Errorf("plonk: %v", err)
	}
}

func TestCompileIsDeterministic(t *testing.T) {
	t.Parallel()
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		a, err := prover.Compile(&quotient{Range: true}, system)
		if err != nil {
			t.Fatal(err)
		}
		b, err := prover.Compile(&quotient{Range: true}, system)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(write(t, a), write(t, b)) {
			t.Errorf("%s: two encodings of one circuit", system)
		}
	}
}

func TestConstraintSystemEncoding(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		data := write(t, f.cs)
		back, err := prover.ReadConstraintSystem(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if back.System() != f.cs.System() || back.NumConstraints() != f.cs.NumConstraints() ||
			back.NumCommitments() != f.cs.NumCommitments() || back.NumWires() != f.cs.NumWires() {
			t.Errorf("%s: decoded %d constraints and %d wires of %s", f.name, back.NumConstraints(), back.NumWires(), back.System())
		}
		if !bytes.Equal(write(t, back), data) {
			t.Errorf("%s: another encoding after decoding", f.name)
		}
		proof, _, err := prover.Prove(t.Context(), nil, back, f.pk, divided(47))
		if err != nil {
			t.Errorf("%s: prove with the decoded system: %v", f.name, err)
			continue
		}
		public, err := prover.PublicInputs(divided(47))
		if err != nil {
			t.Fatal(err)
		}
		if err := snark.Verify(f.vk, proof, public); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
	}
}

func TestReadConstraintSystemRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		data := write(t, f.cs)
		change := func(i int, b byte) []byte {
			c := bytes.Clone(data)
			c[i] = b
			return c
		}
		for name, file := range map[string][]byte{
			"empty":                nil,
			"header alone":         data[:12],
			"other magic":          change(0, 'x'),
			"a proving key":        change(6, 'p'),
			"version 2":            change(9, 2),
			"unknown system":       change(10, 9),
			"the other system":     change(10, 3-data[10]),
			"nonzero padding":      change(11, 1),
			"another length":       change(12, 0xff),
			"another hash":         change(20, data[20]^1),
			"damage":               change(len(data)-9, data[len(data)-9]^1),
			"short":                data[:len(data)-1],
			"long":                 append(bytes.Clone(data), 0),
			"header and no system": data[:52],
		} {
			if _, err := prover.ReadConstraintSystem(bytes.NewReader(file)); err == nil {
				t.Errorf("%s: %s accepted", f.name, name)
			}
		}
	}
}
