// SPDX-License-Identifier: Apache-2.0

// Generate writes a package for each contract of package contracts into a directory, with abigen v2, and
// removes those of contracts that are gone.
//
// The packages pack calls and unpack results, events and errors. They have no bytecode: that is
// contracts.Load's, so that there is one place for it.
package main

//go:generate go run . ..

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/abigen"

	"github.com/zkml-go/zkml/contracts"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate DIRECTORY")
		os.Exit(2)
	}
	if err := generate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(dir string) error {
	old, err := filepath.Glob(filepath.Join(dir, "*", fileName))
	if err != nil {
		return err
	}
	for _, file := range old {
		if err := os.RemoveAll(filepath.Dir(file)); err != nil {
			return err
		}
	}
	for _, name := range contracts.Names() {
		text, err := binding(name)
		if err != nil {
			return err
		}
		file := filepath.Join(dir, packageName(name), fileName)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const fileName = "binding.go"

func packageName(contract string) string { return strings.ToLower(contract) }

// binding returns the file of a contract.
func binding(contract string) (string, error) {
	a, err := contracts.Load(contract)
	if err != nil {
		return "", err
	}
	name := packageName(contract)
	text, err := abigen.BindV2([]string{contract}, []string{string(a.ABIText)}, []string{""}, name, nil, nil)
	if err != nil {
		return "", fmt.Errorf("abigen: %s: %w", contract, err)
	}
	clause := "\npackage " + name + "\n"
	if strings.Count(text, clause) != 1 {
		return "", fmt.Errorf("abigen: %s: no package clause", contract)
	}
	// Error strings are not capitalized here, whoever writes them.
	text = strings.ReplaceAll(text, `errors.New("Unknown error")`, `errors.New("unknown error")`)
	comment := fmt.Sprintf("\n// Package %s packs calls of %s and unpacks its results, events and errors.", name, contract)
	return "// SPDX-License-Identifier: Apache-2.0\n\n" + strings.Replace(text, clause, comment+clause, 1), nil
}
