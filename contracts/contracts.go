// SPDX-License-Identifier: Apache-2.0

// Package contracts holds the contracts of the chain side as the compiler left them, and packs their
// calls.
//
// The sources are in src, the compiled artifacts in artifacts. build.mjs reproduces the artifacts byte
// for byte from the sources with the compiler that package.json pins; a program that uses this package
// needs neither.
package contracts

import (
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/zkml-go/zkml/statement"
)

//go:embed artifacts/*.json
var files embed.FS

// ErrUnknown is returned for a contract or a proof system that has no artifact.
var ErrUnknown = errors.New("no such contract")

// An Artifact is a compiled contract.
type Artifact struct {
	Name             string  // name of the contract in its source
	Source           string  // path of the source below the directory contracts
	Compiler         string  // long version of the compiler
	ABI              abi.ABI // functions and custom errors
	ABIText          []byte  // the ABI in JSON, as the compiler wrote it
	Bytecode         []byte  // creation code
	DeployedBytecode []byte  // runtime code
}

// ForSystem returns the verifier of a proof system, named as in package statement. It returns ErrUnknown
// for others.
func ForSystem(system string) (Artifact, error) {
	switch system {
	case statement.Groth16:
		return Load("Groth16InferenceVerifier")
	case statement.Plonk:
		return Load("PlonkInferenceVerifier")
	case statement.Sumcheck:
		return Load("SumcheckInferenceVerifier")
	case statement.SumcheckPlonk:
		return Load("SumcheckPlonkInferenceVerifier")
	}
	return Artifact{}, fmt.Errorf("proof system %q: %w", system, ErrUnknown)
}

// Names returns the names of all artifacts, sorted.
func Names() []string {
	entries, err := fs.ReadDir(files, "artifacts")
	if err != nil {
		panic("zkml: internal error: embedded artifacts: " + err.Error())
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	return names
}

// Load returns the artifact of a contract by its name, or ErrUnknown.
func Load(name string) (Artifact, error) {
	data, err := files.ReadFile("artifacts/" + name + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return Artifact{}, fmt.Errorf("contract %q: %w", name, ErrUnknown)
	}
	if err != nil {
		return Artifact{}, err
	}
	return Parse(data)
}

// Parse reads an artifact as build.mjs writes it.
func Parse(data []byte) (Artifact, error) {
	var file struct {
		Contract, Source, Compiler string
		ABI                        json.RawMessage
		Bytecode, DeployedBytecode string
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Artifact{}, fmt.Errorf("artifact: %w", err)
	}
	a := Artifact{Name: file.Contract, Source: file.Source, Compiler: file.Compiler, ABIText: file.ABI}
	if err := json.Unmarshal(file.ABI, &a.ABI); err != nil {
		return Artifact{}, fmt.Errorf("artifact of %q: %w", file.Contract, err)
	}
	for _, code := range []struct {
		hex string
		to  *[]byte
	}{{file.Bytecode, &a.Bytecode}, {file.DeployedBytecode, &a.DeployedBytecode}} {
		b, err := hex.DecodeString(strings.TrimPrefix(code.hex, "0x"))
		if err != nil || len(b) == 0 {
			return Artifact{}, fmt.Errorf("artifact of %q: bytecode is empty or not hexadecimal", file.Contract)
		}
		*code.to = b
	}
	return a, nil
}
