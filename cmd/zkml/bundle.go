// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover"
	psnark "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier/snark"
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

// systemOf returns the system that name spells, or if it is empty the one that
// the bundle has keys for, Groth16 first.
func systemOf(b *artifact.Bundle, name string) (snark.System, error) {
	if name != "" {
		s, err := snark.ParseSystem(name)
		if err != nil {
			return "", usageError{err}
		}
		if _, ok := b.Keys(string(s)); !ok {
			return "", hinted("zkml setup makes them", fmt.Errorf("%s has no %s keys", b.Dir(), s))
		}
		return s, nil
	}
	for _, s := range []snark.System{snark.Groth16, snark.Plonk} {
		if _, ok := b.Keys(string(s)); ok {
			return s, nil
		}
	}
	return "", hinted("zkml setup makes them", fmt.Errorf("%s has no keys", b.Dir()))
}

// readKeyed returns the verifying key of a bundle. Reading it runs the key lint.
func readKeyed(b *artifact.Bundle, system snark.System) (*keyed, error) {
	data, err := b.OpenKey(string(system), "vk")
	if err != nil {
		return nil, bad(err)
	}
	vk, err := snark.UnmarshalVerifyingKey(data)
	if err != nil {
		return nil, badf("verifying key of %s: %w", b.Dir(), err)
	}
	digest, err := vk.Digest()
	if err != nil {
		return nil, err
	}
	if info, _ := b.Keys(string(system)); info.VKDigest != digest || info.Insecure != vk.Insecure() {
		return nil, badf("verifying key of %s: %w: it is not the one in the manifest", b.Dir(), artifact.ErrCorrupt)
	}
	return newKeyed(b.Program().Digest(), vk)
}

// readJob returns what proofs are made with.
func readJob(b *artifact.Bundle, system snark.System) (*prover.Job, *keyed, error) {
	k, err := readKeyed(b, system)
	if err != nil {
		return nil, nil, err
	}
	m, err := circuits.NewModel(b.Program(), relation.Options{})
	if err != nil {
		return nil, nil, bad(err)
	}
	data, err := b.OpenKey(string(system), "ccs")
	if err != nil {
		return nil, nil, bad(err)
	}
	cs, err := psnark.ReadConstraintSystem(bytes.NewReader(data))
	if err != nil {
		return nil, nil, badf("constraint system of %s: %w", b.Dir(), err)
	}
	if data, err = b.OpenKey(string(system), "pk"); err != nil {
		return nil, nil, bad(err)
	}
	pk, err := psnark.ReadProvingKey(bytes.NewReader(data))
	if err != nil {
		return nil, nil, badf("proving key of %s: %w", b.Dir(), err)
	}
	own, err := pk.VerifyingKey().Digest()
	if err != nil {
		return nil, nil, err
	}
	if info, _ := b.Keys(string(system)); info.VKDigest != own {
		return nil, nil, badf("%s: %w: proving and verifying key differ", b.Dir(), artifact.ErrCorrupt)
	}
	return k.job(m, cs, pk), k, nil
}
