// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
)

// openChecked is openProof for commands that do without the weights: the only argument may
// also name a verifier file.
func openChecked(args []string, path string) (*ir.Outline, *checkable, *keyed, error) {
	if len(args) != 1 || !artifact.IsVerifierFile(args[0]) {
		b, c, k, err := openProof(args, path)
		if err != nil {
			return nil, nil, nil, err
		}
		return b.Program().Outline(), c, k, nil
	}
	if path == "" {
		return nil, nil, nil, usagef("no proof: give --proof PROOF")
	}
	v, err := artifact.ReadVerifier(args[0])
	if err != nil {
		return nil, nil, nil, bad(err)
	}
	f, err := artifact.ReadProof(path)
	if err != nil {
		return nil, nil, nil, bad(err)
	}
	if err := f.CheckVerifier(v); err != nil {
		return nil, nil, nil, badf("%s: %w", path, err)
	}
	k, err := verifierKey(v, f.System, args[0])
	if err != nil {
		return nil, nil, nil, err
	}
	c, err := decodeProof(f, k, path)
	return v.Outline(), c, k, err
}

// verifierKey returns the verifying key of a system. Reading it runs the key lint.
func verifierKey(v *artifact.VerifierFile, name, path string) (*keyed, error) {
	system, err := parseSystem(name)
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	info, err := v.VerifierKey(name)
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	vk, err := system.readKey(info.Key, nil)
	if err != nil {
		return nil, badf("verifying key of %s: %w", path, err)
	}
	digest, err := vk.Digest()
	if err != nil {
		return nil, err
	}
	if info.Digest != digest || info.Insecure != vk.Insecure() {
		return nil, badf("verifying key of %s: %w: the file says something else of it", path, artifact.ErrCorrupt)
	}
	return newKeyed(v.Outline().Digest, system, vk)
}

// verifierFile returns the verifier file of a bundle.
func verifierFile(b *artifact.Bundle) ([]byte, error) {
	v, err := b.Verifier(toolName)
	if err != nil {
		return nil, bad(err)
	}
	data, err := artifact.EncodeVerifier(v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.Dir(), err)
	}
	return data, nil
}
