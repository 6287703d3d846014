// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/examples"
)

// A benchCase is a model and the proof system it is proved in.
type benchCase struct {
	model  string
	system string
	onnx   func() ([]byte, error)
	// inputRange, if not empty, has the model calibrated and proved on random
	// inputs of that range; otherwise on the drawn digits.
	inputRange string
	// shapes are for inputs that the model leaves open: NAME=1,2,3.
	shapes []string
	// integers has the random inputs rounded.
	integers bool
	// calibration is the number of random samples; 0 is 16.
	calibration int
	// visibility of the input; "" is public.
	visibility string
	// actBits is the width of activations; 0 is the default.
	actBits int
	// columnVars is the number of variables of a column of sumcheck; 0 lets setup choose.
	columnVars int
}

func (c benchCase) name() string {
	name := c.model + "/" + c.system
	if c.visibility != "" {
		name += "/" + c.visibility
	}
	if c.columnVars != 0 {
		name += fmt.Sprintf("/columns=%d", c.columnVars)
	}
	return name
}

var cases = []benchCase{
	{model: "mlp", system: "groth16", onnx: embedded(examples.MLP)},
	{model: "lenet5", system: "groth16", onnx: embedded(examples.LeNet5)},
	{model: "mlp", system: "plonk", onnx: embedded(examples.MLP)},
	{model: "lenet5", system: "plonk", onnx: embedded(examples.LeNet5)},
	{model: "mlp", system: "sumcheck", onnx: embedded(examples.MLP)},
	{model: "lenet5", system: "sumcheck", onnx: embedded(examples.LeNet5)},
}

func embedded(data func() []byte) func() ([]byte, error) {
	return func() ([]byte, error) { return data(), nil }
}

// A tool is the built command and where it works.
type tool struct {
	dir, binary string
	evaluation  string // a labelled .npz, or empty
}

func build(dir string) (*tool, error) {
	t := &tool{dir: dir, binary: filepath.Join(dir, "zkml")}
	out, err := exec.Command("go", "build", "-o", t.binary, "github.com/zkml-go/zkml/cmd/zkml").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	for name, data := range map[string][]byte{"digits.npz": examples.Digits(), "seven.png": examples.Seven()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// call runs the command with --json and decodes what it prints.
func (t *tool) call(result any, args ...string) error {
	cmd := exec.Command(t.binary, append(args, "--json")...)
	cmd.Dir = t.dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("zkml %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return json.Unmarshal(out, result)
}

// run measures one case: compile and setup once, n proofs, each verified by the
// native verifier and by the EVM.
func (t *tool) run(w io.Writer, c benchCase, n int) error {
	model, bundle := c.model+".onnx", c.model+"-"+c.system+".zkml"
	data, err := c.onnx()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(t.dir, model), data, 0o644); err != nil {
		return err
	}
	var compiled struct {
		Seconds float64 `json:"seconds"`
		Report  struct {
			Float     float64 `json:"float_accuracy"`
			Integer   float64 `json:"int_accuracy"`
			Agreement float64 `json:"agreement"`
			Samples   int     `json:"samples"`
		} `json:"report"`
	}
	args := []string{"compile", model, "-o", bundle, "--calibration", "digits.npz", "--input-range", "0,1"}
	input := "seven.png"
	if c.inputRange != "" {
		args = []string{"compile", model, "-o", bundle, "--calibration-random", strconv.Itoa(cmp.Or(c.calibration, 16)), "--input-range", c.inputRange}
		if c.visibility != "" {
			args = append(args, "--input-visibility", c.visibility)
		}
		if c.actBits != 0 {
			args = append(args, "--act-bits", strconv.Itoa(c.actBits))
		}
		args = append(args, c.shapeFlags()...)
		if input, err = t.randomInput(model, c); err != nil {
			return err
		}
	} else if t.evaluation != "" {
		args = append(args, "--evaluate", t.evaluation)
	}
	if err := t.call(&compiled, args...); err != nil {
		return err
	}
	r := compiled.Report
	metrics := []metric{{"agreement-%", 100 * r.Agreement}, {"samples", float64(r.Samples)}}
	if c.inputRange == "" {
		metrics = append(metrics, metric{"float-accuracy-%", 100 * r.Float}, metric{"int-accuracy-%", 100 * r.Integer})
	}
	line(w, "Compile", c, compiled.Seconds, metrics...)

	var setup struct {
		Constraints int `json:"constraints"`
		Seconds     struct {
			Circuit, Setup float64
		} `json:"seconds"`
		PeakRSS int64 `json:"peak_rss_bytes"`
	}
	keys := []string{"setup", bundle, "--system", c.system, "--insecure-setup"}
	if c.columnVars != 0 {
		keys = append(keys, "--column-vars", strconv.Itoa(c.columnVars))
	}
	if err := t.call(&setup, keys...); err != nil {
		return err
	}
	line(w, "Setup", c, setup.Seconds.Setup, metric{"circuit-s", setup.Seconds.Circuit},
		metric{"constraints", float64(setup.Constraints)}, metric{"peak-MiB", float64(setup.PeakRSS) / (1 << 20)})

	for range n {
		if err := t.prove(w, c, bundle, input); err != nil {
			return err
		}
	}
	if c.system == "sumcheck" && c.visibility != "committed" {
		return t.plain(w, c, bundle, input)
	}
	return nil
}

func (t *tool) prove(w io.Writer, c benchCase, bundle, input string) error {
	var proved struct {
		Constraints int `json:"constraints"`
		Seconds     struct {
			Load, Witness, Prove, Verify float64
		} `json:"seconds"`
		Phases     map[string]float64 `json:"phases"`
		PeakRSS    int64              `json:"peak_rss_bytes"`
		ProofBytes int                `json:"proof_bytes"`
	}
	if err := t.call(&proved, "prove", bundle, "--input", input, "-o", "proof.zkp"); err != nil {
		return err
	}
	metrics := append(phases(proved.Phases), metric{"load-s", proved.Seconds.Load}, metric{"constraints", float64(proved.Constraints)},
		metric{"proof-bytes", float64(proved.ProofBytes)}, metric{"peak-MiB", float64(proved.PeakRSS) / (1 << 20)})
	line(w, "Prove", c, proved.Seconds.Witness+proved.Seconds.Prove, metrics...)

	var verified struct {
		Accepted bool    `json:"accepted"`
		Seconds  float64 `json:"seconds"`
	}
	if err := t.call(&verified, "verify", bundle, "--proof", "proof.zkp"); err != nil {
		return err
	}
	line(w, "Verify", c, verified.Seconds)

	var evm struct {
		Accepted      bool  `json:"accepted"`
		GasVerify     int64 `json:"gas_verify"`
		GasDeploy     int64 `json:"gas_deploy"`
		CalldataBytes int   `json:"calldata_bytes"`
		ContractBytes int   `json:"contract_bytes"`
	}
	if err := t.call(&evm, "verify-evm", bundle, "--proof", "proof.zkp"); err != nil {
		return err
	}
	if !verified.Accepted || !evm.Accepted {
		return fmt.Errorf("accepted natively: %t, by the EVM: %t", verified.Accepted, evm.Accepted)
	}
	line(w, "EVM", c, 0, metric{"gas-verify", float64(evm.GasVerify)}, metric{"gas-deploy", float64(evm.GasDeploy)},
		metric{"calldata-bytes", float64(evm.CalldataBytes)}, metric{"contract-bytes", float64(evm.ContractBytes)})
	return nil
}

// phases returns the times of the parts of a proof, in seconds, by name. That the prover
// verifies its proof is no part of proving.
func phases(seconds map[string]float64) []metric {
	var out []metric
	for _, name := range slices.Sorted(maps.Keys(seconds)) {
		if name != "verify" {
			out = append(out, metric{name + "-s", seconds[name]})
		}
	}
	return out
}

// A metric is a number with its unit.
type metric struct {
	unit  string
	value float64
}

// line prints one result. A stage without a time of its own has no ns/op.
func line(w io.Writer, stage string, c benchCase, seconds float64, metrics ...metric) {
	fmt.Fprintf(w, "Benchmark%s/model=%s/system=%s", stage, c.model, c.system)
	if c.visibility != "" {
		fmt.Fprintf(w, "/input=%s", c.visibility)
	}
	if c.columnVars != 0 {
		fmt.Fprintf(w, "/columns=%d", c.columnVars)
	}
	fmt.Fprintf(w, "-%d 1", runtime.GOMAXPROCS(0))
	if seconds > 0 {
		fmt.Fprintf(w, " %.0f ns/op", seconds*1e9)
	}
	for _, m := range metrics {
		fmt.Fprintf(w, " %s %s", number(m.value), m.unit)
	}
	fmt.Fprintln(w)
}
