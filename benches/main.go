// SPDX-License-Identifier: Apache-2.0

// Command benches measures the zkml command as a user runs it: every stage is a
// process of its own, so that its peak memory is its own, too. It prints the Go
// benchmark format (https://go.dev/design/14313-benchmark-format), with what is
// needed to read the numbers: commit, processor, cores, memory and the command
// line.
//
//	go run ./benches                       all cases, three proofs each
//	go run ./benches -case lenet5/groth16 -n 10
//	go run ./benches -mnist DIR            and accuracy on MNIST's t10k files in DIR
//	go run ./benches -models DIR           and third-party models below DIR, on random inputs
//	go run ./benches -large -n 1           the sumcheck system on models of the zoo; -models DIR adds those it is for
//	go run ./benches -zoo -case mobilenet  compile and run large models, without a proof; -models DIR adds those, -runtime internal/ort compares
//	go run ./benches -plan mobilenetv2     sizes of tree and columns, and the constraints of the wrap by step, without a proof
//
// A case that fails is a line, too: "--- FAIL".
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

func main() {
	n := flag.Int("n", 3, "proofs per case")
	pattern := flag.String("case", ".", "run the cases that match this regular expression, MODEL/SYSTEM")
	mnist := flag.String("mnist", "", "directory with MNIST's t10k files, for accuracy")
	models := flag.String("models", "", "directory with third-party models, as the list in thirdparty.go names them")
	large := flag.Bool("large", false, "prove models of the zoo with the sumcheck system, instead of the usual cases")
	zoo := flag.Bool("zoo", false, "compile and run the models of the zoo, without a proof")
	reference := flag.String("runtime", "", "with -zoo: directory with ONNX Runtime, internal/ort after npm ci, to compare with")
	bits := flag.Int("act-bits", 8, "with -zoo: width of activations")
	model := flag.String("zoo-model", "", "measure this model of the zoo in this process; -zoo runs one for each")
	plan := flag.String("plan", "", "print what the sumcheck system makes of this model of the zoo, and the constraints of its wrap by step")
	flag.Parse()
	var err error
	switch {
	case *plan != "":
		err = printPlan(os.Stdout, *plan, *bits)
	case *model != "":
		err = measureOne(os.Stdout, *model, *models, *reference, *bits)
	case *zoo:
		err = measureZoo(*pattern, *models, *reference, *bits)
	default:
		err = measure(*n, *pattern, *mnist, *models, *large)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benches:", err)
		os.Exit(1)
	}
}

func measure(n int, pattern, mnist, models string, large bool) error {
	match, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "zkml-benches-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t, err := build(dir)
	if err != nil {
		return err
	}
	if mnist != "" {
		t.evaluation = filepath.Join(dir, "mnist.npz")
		if err := writeMNIST(t.evaluation, mnist); err != nil {
			return err
		}
	}
	header(os.Stdout)
	failed := 0
	all, others := slices.Concat(cases, seeded), thirdParty
	if large {
		all, others = largeCases(), largeThirdParty
	}
	if models != "" {
		all = append(all, others(models)...)
	}
	for _, c := range all {
		if !match.MatchString(c.name()) {
			continue
		}
		if err := t.run(os.Stdout, c, n); err != nil {
			fmt.Printf("--- FAIL: Benchmark/%s: %v\n", c.name(), err)
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d cases failed", failed)
	}
	return nil
}
