// SPDX-License-Identifier: Apache-2.0

package gaspage

import (
	"fmt"
	"strings"
)

// Bounds that the contracts are held to.
const (
	// MaxCodeBytes is the longest code of a contract (EIP-170).
	MaxCodeBytes = 24_576
	// MaxRegisterGas bounds the registration of a model.
	MaxRegisterGas = 150_000
	// MaxAttestGas bounds an attestation of LeNet-5 with public input.
	MaxAttestGas = 430_000
)

// bound returns the bound on the gas of a case of the platform; 0 is none.
func bound(name string) int {
	method, rest, _ := strings.Cut(name, " ")
	switch {
	case method == "register":
		return MaxRegisterGas
	case method == "attest" && !strings.Contains(rest, "fee"):
		return MaxAttestGas
	}
	return 0
}

// platformSection is the table of what registry, router and market cost.
func (s *study) platformSection(b *strings.Builder) error {
	fmt.Fprintf(b, `## Platform

Registry, router, stop, timelock, market and token ([chain.md](chain.md) says what they are for, and what in an attestation costs what). An attestation has the sizes
of LeNet-5 with public input, 784 bytes and 40, none of them zero. *attest* and *verifyInference* record that the statement is used;
*verifyAndStoreInference* stores its output, too. A registration has an address of 66 bytes; the first of an owner also begins a balance of tokens. The first fee of an owner
begins its credit, and is not what the bound is for. All contracts, verifiers and consumers too, have less than %s bytes
of code (`+"`go test ./contracts -run TestArtifacts`"+`).

`, grouped(MaxCodeBytes))
	var t table
	t.line("case", "gas", "bound", "calldata bytes", "code bytes")
	for _, r := range s.platform {
		gas, err := r.number("gas")
		if err != nil {
			return err
		}
		cells := []string{r["case"], grouped(gas), "", "", ""}
		if most := bound(r["case"]); most > 0 {
			if gas > most {
				return fmt.Errorf("gas: %s uses %d gas, and the bound is %d", r["case"], gas, most)
			}
			cells[2] = grouped(most)
		}
		for i, column := range []string{"calldata_bytes", "runtime_bytes"} {
			if r[column] == "" {
				continue
			}
			n, err := r.number(column)
			if err != nil {
				return err
			}
			if column == "runtime_bytes" && n >= MaxCodeBytes {
				return fmt.Errorf("gas: %s has %d bytes of code", r["case"], n)
			}
			cells[3+i] = grouped(n)
		}
		t.line(cells...)
	}
	b.WriteString(t.b.String() + "\n")
	return nil
}
