// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
)

var update = flag.Bool("update", false, "write testdata/gas.csv, and fixtures that are missing")

// The inference of every fixture: 784 bytes of input, 40 bytes of output, none of them zero, and one
// commitment, the dearest calldata that LeNet-5 can have.
const inputBytes, outputBytes, numCommitments = 784, 40, 1

// fixtures are the rows of the gas table, with what makes each anew when its file is removed. The number
// of a sumcheck row is that of its columns; its wrap's key has γ = 1 or, where the name says so, another.
var fixtures = []struct {
	name   string
	budget uint64 // most gas that the transaction may use
	make   func(t testing.TB) evmtest.Fixture
}{
	{"groth16-plain", 270_000, func(t testing.TB) evmtest.Fixture { return makeGroth16(t, false) }},
	{"groth16-committed", 390_000, func(t testing.TB) evmtest.Fixture { return makeGroth16(t, true) }},
	{"plonk-plain", 330_000, func(t testing.TB) evmtest.Fixture { return makePlonk(t, false) }},
	{"plonk-committed", 345_000, func(t testing.TB) evmtest.Fixture { return makePlonk(t, true) }},
	{"sumcheck-3", 480_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, ceremonyKeys(), 2, 1) }},
	{"sumcheck-4", 490_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, ceremonyKeys(), 3, 1) }},
	{"sumcheck-8", 520_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, ceremonyKeys(), 4, 4) }},
	{"sumcheck-20", 615_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, ceremonyKeys(), 12, 8) }},
	{"sumcheck-plonk-4", 450_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, plonkKeys(t), 3, 1) }},
	{"sumcheck-plonk-20", 575_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, plonkKeys(t), 12, 8) }},
	{"sumcheck-gamma-4", 525_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, drawnKeys(), 3, 1) }},
	{"sumcheck-gamma-20", 650_000, func(t testing.TB) evmtest.Fixture { return makeSumcheck(t, drawnKeys(), 12, 8) }},
}

func makeGroth16(t testing.TB, committed bool) evmtest.Fixture {
	prover := evmtest.NewGroth16(t, committed)
	var vk bytes.Buffer
	if _, err := prover.VK.WriteRawTo(&vk); err != nil {
		t.Fatal(err)
	}
	v := prover.Inference(t, inputBytes, outputBytes, numCommitments)
	return evmtest.Fixture{Inference: *v, VK: vk.Bytes()}
}

func fixture(t testing.TB, name string) export.Inference {
	t.Helper()
	return evmtest.ReadFixture(t, filepath.Join("testdata", name+".json")).Inference
}

// TestGas compares the gas of deployments and verifications, to the unit, with testdata/gas.csv.
func TestGas(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures {
		file := filepath.Join("testdata", f.name+".json")
		if _, err := os.Stat(file); *update && errors.Is(err, fs.ErrNotExist) {
			f.make(t).Write(t, file)
		}
	}
	table := filepath.Join("testdata", "gas.csv")
	if *update {
		if err := os.WriteFile(table, []byte(gasTable(t, evmtest.Embedded(t))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		if diff := cmp.Diff(string(want), gasTable(t, c)); diff != "" {
			t.Errorf("gas changed; go test ./contracts -run TestGas -update blesses it (-want +got):\n%s", diff)
		}
	})
}

func gasTable(t testing.TB, c *chain.Chain) string {
	t.Helper()
	table := "case,deploy_gas,verify_tx_gas,calldata_bytes,runtime_bytes\n"
	for _, f := range fixtures {
		v := fixture(t, f.name)
		a, err := contracts.ForSystem(v.System)
		if err != nil {
			t.Fatal(err)
		}
		contract := deploy(t, c, a)
		calldata := v.Calldata()
		gas, err := c.Transact(t.Context(), contract, calldata)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if gas > f.budget {
			t.Errorf("%s: verification uses %d gas, budget %d", f.name, gas, f.budget)
		}
		table += fmt.Sprintf("%s,%d,%d,%d,%d\n", f.name, contract.GasUsed, gas, len(calldata), len(a.DeployedBytecode))
	}
	return table
}
