// SPDX-License-Identifier: Apache-2.0

// Package ort runs models with ONNX Runtime through node. It is the oracle that the
// float evaluator is compared with and shares no code with it. `npm ci` in the
// directory of this package installs it; nothing but tests and measurements needs
// it.
package ort

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/internal/npy"
)

// Run runs the model in a file on samples. dir is the directory of this package,
// with its node_modules. inputs are in the model's order and outputs are named, all
// with samples along their first axis, of shape [N, …]. Outputs that are not
// tensors of numbers are an error, as is whatever ONNX Runtime refuses.
func Run(ctx context.Context, dir, model string, inputs []*npy.Array) (outputs []*npy.Array, err error) {
	work, err := os.MkdirTemp("", "zkml-ort-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	for i, a := range inputs {
		data, err := npy.Encode(&npy.Array{Shape: a.Shape, Data: a.Data})
		if err != nil {
			return nil, fmt.Errorf("input %d: %w", i, err)
		}
		if err := os.WriteFile(filepath.Join(work, fmt.Sprintf("in%d.npy", i)), data, 0o600); err != nil {
			return nil, err
		}
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "node", filepath.Join(dir, "run.mjs"), model, work)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("ONNX Runtime on %s: %w: %s", model, err, complaint(stderr.String()))
	}
	data, err := os.ReadFile(filepath.Join(work, "outputs.json"))
	if err != nil {
		return nil, err
	}
	var names []string
	if err := json.Unmarshal(data, &names); err != nil {
		return nil, err
	}
	for i, name := range names {
		if data, err = os.ReadFile(filepath.Join(work, fmt.Sprintf("out%d.npy", i))); err != nil {
			return nil, err
		}
		a, err := npy.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", name, err)
		}
		a.Name = name
		outputs = append(outputs, a)
	}
	return outputs, nil
}

// complaint returns the line of a trace that says what went wrong.
func complaint(stderr string) string {
	for line := range strings.Lines(stderr) {
		if strings.Contains(line, "Error") {
			return strings.TrimSpace(line)
		}
	}
	return strings.TrimSpace(stderr)
}
