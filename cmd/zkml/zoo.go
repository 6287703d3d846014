// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/zoo"
)

var zooCommand = &command{
	name:  "zoo",
	short: "write a well-known architecture as an ONNX model with random weights",
	args:  "list | build ARCHITECTURE -o MODEL.onnx [--seed S]",
	long: `
Zoo writes models of the sizes of published networks, for measuring: the weights
are random, drawn from a seed, and normalized so that activations neither vanish
nor grow. "zoo list" names the architectures. The input of each is "input", with
elements from -1 to 1.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		out := f.String("o", "", "the `FILE` to write")
		seed := f.Uint64("seed", 1, "`SEED` of the weights")
		return func(e *env, args []string) error {
			if len(args) == 0 {
				return usagef("want list or build")
			}
			switch verb, rest := args[0], args[1:]; verb {
			case "list":
				if len(rest) > 0 || *out != "" {
					return usagef("list takes no arguments")
				}
				return e.listZoo()
			case "build":
				name, err := one(rest, "the architecture")
				if err != nil {
					return err
				}
				if *out == "" {
					return usagef("no output: give -o MODEL.onnx")
				}
				return e.buildZoo(name, *seed, *out)
			default:
				return usagef("%q, want list or build", verb)
			}
		}
	},
}

// An architecture is what zoo prints of one.
type architecture struct {
	Name       string  `json:"name"`
	Published  string  `json:"published"`
	Parameters float64 `json:"published_parameters"`
	MACs       float64 `json:"published_macs"`
}

func (e *env) listZoo() error {
	var list []architecture
	var rows []row
	for _, a := range zoo.Architectures() {
		list = append(list, architecture{a.Name, a.Published, a.Parameters, a.MACs})
		rows = append(rows, row{a.Name, fmt.Sprintf("%s parameters, %s MACs  (%s)", thousands(int64(a.Parameters)), thousands(int64(a.MACs)), a.Published)})
	}
	return e.result(map[string]any{"architectures": list}, rows)
}

func (e *env) buildZoo(name string, seed uint64, out string) error {
	a, err := zoo.Find(name)
	if err != nil {
		return usageError{fmt.Errorf("%w; zkml zoo list names all", err)}
	}
	if err := writableFile(out); err != nil {
		return err
	}
	var data []byte
	took, err := e.step("building "+name, func() (err error) {
		data, err = a.Build(seed)
		return err
	})
	if err != nil {
		return err
	}
	if err := writeFile(out, data); err != nil {
		return err
	}
	return e.result(map[string]any{"architecture": name, "seed": seed, "model": out, "bytes": len(data), "seconds": took.Seconds()},
		[]row{{"architecture", name}, {"seed", fmt.Sprint(seed)}, {"model", out}, {"bytes", thousands(len(data))}})
}
