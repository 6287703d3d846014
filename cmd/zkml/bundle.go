// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
)

const toolName = "zkml " + version

func createBundle(dir string, p *ir.Program, name string, source [32]byte, report []byte) (*artifact.Bundle, error) {
	return artifact.Create(dir, p, artifact.Meta{Tool: toolName, Model: name, Source: source}, report)
}

// openBundle opens the bundle that the only argument of a command names.
func openBundle(args []string) (*artifact.Bundle, error) {
	dir, err := one(args, "the bundle, a directory NAME.zkml")
	if err != nil {
		return nil, err
	}
	b, err := artifact.Open(dir)
	if err != nil {
		// A stranger's first mistake is to name the model.
		if _, e := os.Stat(filepath.Join(dir, "manifest.json")); e != nil {
			return nil, hinted("zkml compile makes a bundle from a model", err)
		}
		return nil, bad(err)
	}
	return b, nil
}

// systemOf returns the system that name spells, or if it is empty the first one that
// the bundle has keys for.
func systemOf(b *artifact.Bundle, name string) (proofSystem, error) {
	if name != "" {
		s, err := parseSystem(name)
		if err != nil {
			return nil, err
		}
		if _, ok := b.Keys(s.name()); !ok {
			return nil, hinted("zkml setup makes them", fmt.Errorf("%s has no %s keys", b.Dir(), s.name()))
		}
		return s, nil
	}
	for _, s := range systems {
		if _, ok := b.Keys(s.name()); ok {
			return s, nil
		}
	}
	return nil, hinted("zkml setup makes them", fmt.Errorf("%s has no keys", b.Dir()))
}

// readKeyed returns the verifying key of a bundle. Reading it runs the key lint.
func readKeyed(b *artifact.Bundle, system proofSystem) (*keyed, error) {
	data, err := b.OpenKey(system.name(), "vk")
	if err != nil {
		return nil, bad(err)
	}
	vk, err := system.readKey(data, b.Program())
	if err != nil {
		return nil, badf("verifying key of %s: %w", b.Dir(), err)
	}
	digest, err := vk.Digest()
	if err != nil {
		return nil, err
	}
	if info, _ := b.Keys(system.name()); info.VKDigest != digest || info.Insecure != vk.Insecure() {
		return nil, badf("verifying key of %s: %w: it is not the one in the manifest", b.Dir(), artifact.ErrCorrupt)
	}
	return newKeyed(b.Program().Digest(), system, vk)
}

// openKeyed opens the bundle that the arguments name and reads its verifying key of a system, the first that it
// has keys of if the name is "".
func openKeyed(args []string, system string) (*artifact.Bundle, *keyed, error) {
	b, err := openBundle(args)
	if err != nil {
		return nil, nil, err
	}
	s, err := systemOf(b, system)
	if err != nil {
		return nil, nil, err
	}
	k, err := readKeyed(b, s)
	return b, k, err
}

// readJob returns what proofs are made with.
func readJob(b *artifact.Bundle, system proofSystem, o *proveOptions) (job, *keyed, error) {
	k, err := readKeyed(b, system)
	if err != nil {
		return nil, nil, err
	}
	j, err := system.readJob(b, k, o)
	return j, k, err
}
