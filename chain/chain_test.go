// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

func verifier(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.ForSystem(statement.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestDeployAndCall(t *testing.T) {
	t.Parallel()
	a := verifier(t)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract, err := c.Deploy(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if contract.Address == (common.Address{}) || contract.GasUsed < 21_000 {
			t.Errorf("got contract at %s for %d gas", contract.Address, contract.GasUsed)
		}
		data, err := a.PackModelID([32]byte{1}, []byte{2})
		if err != nil {
			t.Fatal(err)
		}
		result, err := c.Call(t.Context(), contract, data)
		if err != nil {
			t.Fatal(err)
		}
		id, err := a.UnpackModelID(result)
		if err != nil {
			t.Fatal(err)
		}
		if want := statement.ModelID([32]byte{1}, statement.Groth16, []byte{2}); id != want {
			t.Errorf("got model id %x, want %x", id, want)
		}
		gas, err := c.Transact(t.Context(), contract, data)
		if err != nil {
			t.Fatal(err)
		}
		if gas <= 21_000 || gas >= 40_000 {
			t.Errorf("a transaction of %d bytes used %d gas", len(data), gas)
		}
		second, err := c.Deploy(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if second.Address == contract.Address {
			t.Error("two deployments at one address")
		}
	})
}

// TestReverts asks for the custom error with its arguments from calls and from transactions.
func TestReverts(t *testing.T) {
	t.Parallel()
	a := verifier(t)
	key := make([]byte, 704)
	model := statement.ModelID([32]byte{}, statement.Groth16, key)
	tests := []struct {
		name       string
		model      [32]byte
		key, proof []byte
		want       string
	}{
		{"no arguments", [32]byte{}, key, nil, "ModelMismatch()"},
		{"two arguments", model, key, make([]byte, 5), "ProofLengthInvalid(288, 5)"},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract, err := c.Deploy(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range tests {
			data, err := a.PackVerifyInference(test.model, [32]byte{}, [32]byte{}, test.key, nil, nil, nil, test.proof)
			if err != nil {
				t.Fatal(err)
			}
			_, callErr := c.Call(t.Context(), contract, data)
			_, transactErr := c.Transact(t.Context(), contract, data)
			for _, err := range []error{callErr, transactErr} {
				var revert *chain.RevertError
				if !errors.As(err, &revert) {
					t.Errorf("%s: got error %v, want a *RevertError", test.name, err)
					continue
				}
				if diff := cmp.Diff(test.want, revert.String()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", test.name, diff)
				}
				if !strings.Contains(revert.Error(), test.want) {
					t.Errorf("%s: error %q does not name its reason", test.name, revert)
				}
			}
		}
		_, err = c.Call(t.Context(), contract, []byte{1, 2, 3, 4})
		var revert *chain.RevertError
		if err == nil || errors.As(err, &revert) {
			t.Errorf("unknown function: got error %v, want one that is no *RevertError", err)
		}
	})
}

func TestDeployFails(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	a := verifier(t)
	if _, err := c.Deploy(t.Context(), a, "an argument too many"); err == nil {
		t.Error("the arguments of the constructor are not checked")
	}
	a.Bytecode = []byte{0xfe} // INVALID
	if _, err := c.Deploy(t.Context(), a); err == nil {
		t.Error("a deployment that fails is reported as done")
	}
}

// TestDeployKeepsBytecode deploys with arguments from an artifact whose bytecode has spare capacity.
func TestDeployKeepsBytecode(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	a := verifier(t)
	want := slices.Clone(a.Bytecode)
	if _, err := c.Deploy(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, a.Bytecode); diff != "" {
		t.Errorf("bytecode changed:\n%s", diff)
	}
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Deploy(ctx, verifier(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
}

// TestEmbeddedRules pins the fork of the embedded EVM by what each fork has: the CLZ instruction came
// with Osaka, and the transaction's base cost of 21,000 goes with Amsterdam.
func TestEmbeddedRules(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	code := contracts.Artifact{
		Name: "CLZ",
		// Creation code that returns 32 bytes of memory as code: PUSH1 1 CLZ PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN.
		Bytecode: common.FromHex("60011e60005260206000f3"),
	}
	if _, err := c.Deploy(t.Context(), code); err != nil {
		t.Errorf("CLZ, an instruction of Osaka: %v", err)
	}
	nobody := chain.Contract{Address: common.Address{19: 0xff}}
	gas, err := c.Transact(t.Context(), nobody, nil)
	if err != nil {
		t.Fatal(err)
	}
	if gas != 21_000 {
		t.Errorf("an empty transaction uses %d gas, want 21000", gas)
	}
	if id := c.ID(); id.Sign() <= 0 {
		t.Errorf("chain id is %s", id)
	}
}
