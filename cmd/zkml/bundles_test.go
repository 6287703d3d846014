// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/onnxtest"
)

// models are small networks, in the text form of package onnxtest. Scripts find
// them as NAME.onnx.
var models = map[string]string{
	// A 4×4 picture to three classes, with a hidden layer.
	"tiny": `
		ir 8
		opset 17
		input x float [1,1,4,4]
		init w float [6,16] wave
		init b float [6] wave
		init v float [3,6] wave
		init c float [3] wave
		flat: Flatten x -> f
		fc1: Gemm f w b -> h transB=1
		relu: Relu h -> r
		fc2: Gemm r v c -> y transB=1
		output y`,
	// The least that can be proved: one layer, no activation.
	"linear": `
		ir 8
		opset 17
		input x float [1,4]
		init w float [3,4] wave
		fc: Gemm x w -> y transB=1
		output y`,
	// The same shapes, another network.
	"other": `
		ir 8
		opset 17
		input x float [1,4]
		init w float [3,4] range
		fc: Gemm x w -> y transB=1
		output y`,
	// Two inputs and two outputs.
	"two": `
		ir 8
		opset 17
		input a float [1,4]
		input b float [1,4]
		init w float [3,4] wave
		init u float [5,4] wave
		sum: Add a b -> s
		first: Gemm s w -> y transB=1
		second: Gemm s u -> z transB=1
		output y
		output z`,
}

// model returns the ONNX file of a text.
func model(text string) []byte { return onnxtest.MustParse(text).Model.Marshal() }

// A recipe makes a bundle that several tests use.
type recipe struct {
	model   []byte
	compile []string // further arguments of compile
	systems []string
}

// random are the arguments of a small compilation: few levels, small tables.
var random = []string{"--calibration-random", "50", "--input-range", "0,1", "--act-bits", "4"}

var recipes = map[string]recipe{
	"tiny":      {model(models["tiny"]), random, []string{"groth16"}},
	"both":      {model(models["linear"]), random, []string{"groth16", "plonk"}}, // plonk: not with -short
	"other":     {model(models["other"]), random, []string{"groth16"}},
	"two":       {model(models["two"]), random, []string{"groth16"}},
	"committed": {model(models["linear"]), append(random, "--input-visibility", "committed"), []string{"groth16"}},
	"hidden":    {model(models["two"]), append(random, "--input-visibility", "private", "--output-visibility", "committed"), []string{"groth16"}},
	"mlp":       {examples.MLP(), []string{"--calibration", "digits.npz", "--input-range", "0,1"}, []string{"groth16"}},
}

// cacheDir is where the bundles are, one directory each.
var cacheDir string

// made makes each bundle once, when it is first asked for.
var made = func() map[string]func() error {
	m := map[string]func() error{}
	for name, r := range recipes {
		m[name] = sync.OnceValue(func() error { return r.make(filepath.Join(cacheDir, name)) })
	}
	return m
}()

func (r recipe) make(dir string) error {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	for name, data := range map[string][]byte{"model.onnx": r.model, "digits.npz": examples.Digits()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	bundle := filepath.Join(dir, "m.zkml")
	compile := append([]string{"compile", filepath.Join(dir, "model.onnx"), "-o", bundle}, r.compile...)
	for i, arg := range compile {
		if arg == "digits.npz" {
			compile[i] = filepath.Join(dir, arg)
		}
	}
	commands := [][]string{compile}
	for _, s := range r.systems {
		if s == "plonk" && testing.Short() {
			continue // its keys and proofs take seconds
		}
		commands = append(commands, []string{"setup", bundle, "--system", s, "--insecure-setup"})
	}
	for _, args := range commands {
		var stderr bytes.Buffer
		if code := run(context.Background(), args, &bytes.Buffer{}, &stderr); code != exitOK {
			return fmt.Errorf("zkml %v: exit code %d: %s", args, code, stderr.String())
		}
	}
	return nil
}

// copyBundle copies a bundle of the recipes to dir.
func copyBundle(name, dir string) error {
	if made[name] == nil {
		return fmt.Errorf("no bundle %q", name)
	}
	if err := made[name](); err != nil {
		return err
	}
	return os.CopyFS(dir, os.DirFS(filepath.Join(cacheDir, name, "m.zkml")))
}

// bundle returns the directory of a bundle that the test may change.
func bundle(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name+".zkml")
	if err := copyBundle(name, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A ran is what came of a command line that ran in this process.
type ran struct {
	code           int
	stdout, stderr string
}

// zkml runs a command line in this process.
func zkml(ctx context.Context, args ...string) ran {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, &stdout, &stderr)
	return ran{code, stdout.String(), stderr.String()}
}

// write writes a file into a new directory and returns its path.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
