// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/zkml-go/zkml/zoo"
)

// largeCases are models of the zoo that the sumcheck system is for. Four MobileNets are
// one family, from which the slope of the prover's time follows. Their inputs are
// private at 224 pixels: 150,528 public bytes would cost more gas than all the rest.
func largeCases() []benchCase {
	var out []benchCase
	for _, m := range []struct {
		name, visibility string
		columnVars       int // fewer and larger columns take less gas and more time
	}{
		{"mlp-2m", "", 0},
		{"vgg11-cifar", "", 0},
		{"resnet18-cifar", "", 0},
		{"mobilenetv1-0.25-96", "private", 0},
		{"mobilenetv1-96", "private", 0},
		{"mobilenetv1-0.25", "private", 0},
		{"mobilenetv1", "private", 0},
		{"mobilenetv1", "private", 22},
		{"mobilenetv1", "committed", 0},
		{"mobilenetv2", "private", 0},
	} {
		out = append(out, benchCase{model: m.name, system: "sumcheck", inputRange: "0,1", calibration: 4, visibility: m.visibility, columnVars: m.columnVars,
			onnx: func() ([]byte, error) { return buildZoo(m.name) }})
	}
	return append(out, languageCases()...)
}

// languageCases are transformers that give the scores of the last token: those of all
// tokens would be megabytes of calldata. They take the numbers of tokens, or their embeddings.
func languageCases() []benchCase {
	var out []benchCase
	for _, m := range []struct {
		name  string
		model zoo.Transformer
	}{
		{"tinystories-32-last", zoo.TinyStories(32)},
		{"gpt2-s-16-last", zoo.GPT2Small(16)},
	} {
		m.model.Last = true
		c := benchCase{model: m.name, system: "sumcheck", calibration: 2, actBits: 12, integers: true, inputRange: fmt.Sprintf("0,%d", m.model.Vocabulary-1),
			onnx: func() ([]byte, error) { return m.model.Model().Marshal(), nil }}
		out = append(out, c)
		m.model.Embedded = true
		c.model += "-embedded"
		c.integers, c.inputRange, c.visibility = false, "-0.1,0.1", "private"
		c.onnx = func() ([]byte, error) { return m.model.Model().Marshal(), nil }
		out = append(out, c)
	}
	return out
}

// buildZoo returns the model file of an architecture, with the weights of seed 1.
func buildZoo(name string) ([]byte, error) {
	for _, a := range zoo.Architectures() {
		if a.Name == name {
			return a.Build(zooSeed)
		}
	}
	return nil, fmt.Errorf("the zoo has no %s", name)
}

// largeThirdParty lists models of others for the sumcheck system.
func largeThirdParty(dir string) []benchCase {
	var out []benchCase
	for _, m := range []struct{ name, path, inputRange string }{
		{"resnet8", "derived-from-tflite/resnet8_cifar10_float.onnx", "0,255"},
		{"mobilenetv1-0.25-vww", "derived-from-tflite/mobilenetv1_025_vww96_float.onnx", "0,1"},
	} {
		path := filepath.Join(dir, m.path)
		out = append(out, benchCase{model: m.name, system: "sumcheck", inputRange: m.inputRange, calibration: 4, visibility: "private",
			onnx: func() ([]byte, error) { return os.ReadFile(path) }})
	}
	return out
}

// plain makes a proof without the wrap and verifies it natively.
func (t *tool) plain(w io.Writer, c benchCase, bundle, input string) error {
	var proved struct {
		Seconds struct {
			Witness, Prove float64
		} `json:"seconds"`
		Phases     map[string]float64 `json:"phases"`
		PeakRSS    int64              `json:"peak_rss_bytes"`
		ProofBytes int                `json:"proof_bytes"`
	}
	if err := t.call(&proved, "prove", bundle, "--input", input, "-o", "plain.zkp", "--no-wrap"); err != nil {
		return err
	}
	line(w, "ProvePlain", c, proved.Seconds.Witness+proved.Seconds.Prove, append(phases(proved.Phases),
		metric{"proof-bytes", float64(proved.ProofBytes)}, metric{"peak-MiB", float64(proved.PeakRSS) / (1 << 20)})...)
	var verified struct {
		Accepted bool    `json:"accepted"`
		Seconds  float64 `json:"seconds"`
	}
	if err := t.call(&verified, "verify", bundle, "--proof", "plain.zkp"); err != nil {
		return err
	}
	if !verified.Accepted {
		return fmt.Errorf("the plain proof was not accepted")
	}
	line(w, "VerifyPlain", c, verified.Seconds)
	return nil
}
