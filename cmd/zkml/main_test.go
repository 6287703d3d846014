// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/examples"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	deviceKinds = append(devices.Kinds{testKind}, deviceKinds...)
	deviceKinds.Main()
	testscript.Main(cached{m}, map[string]func(){"zkml": main})
}

// cached is a test run with a directory for bundles that several tests use.
type cached struct{ m *testing.M }

func (c cached) Run() int {
	dir, err := os.MkdirTemp("", "zkml-bundles-")
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	defer os.RemoveAll(dir)
	cacheDir = dir
	return c.m.Run()
}

// TestScripts runs the command as its users do. testdata/script/README.md
// explains the commands that the scripts have beyond those of testscript.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		Setup:               setupScript,
		Cmds:                scriptCommands,
		Condition:           condition,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
	})
}

// setupScript puts the example files into the script's directory.
func setupScript(e *testscript.Env) error {
	files := map[string][]byte{
		"mlp.onnx": examples.MLP(), "lenet5.onnx": examples.LeNet5(),
		"digits.npz": examples.Digits(), "seven.png": examples.Seven(),
		"stories.onnx": examples.Stories(), "tokenizer.json": examples.StoriesTokenizer(), "windows.npz": examples.StoriesWindows(),
	}
	for name, text := range models {
		files[name+".onnx"] = model(text)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(e.WorkDir, name), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}
