// SPDX-License-Identifier: Apache-2.0

package gaspage

import "strings"

// Prices of calldata, in gas.
const (
	transactionGas = 21_000
	byteGas        = 16 // a byte that is not zero
	floorGas       = 40 // of such a byte, where the floor of EIP-7623 applies
	nextFloorGas   = 64 // of any byte, where that of EIP-7976 does
)

// floorBytes returns a length of calldata, none of it zero, that the floor on calldata is not above: what the row
// computes is paid for at the usual price of its calldata, and with n bytes the floor is above that when
// (floor - byteGas)·n is. Longer calldata is also hashed, which pays for still more.
func floorBytes(r row, floor int) (int, error) {
	gas, err := r.number("verify_tx_gas")
	if err != nil {
		return 0, err
	}
	length, err := r.number("calldata_bytes")
	if err != nil {
		return 0, err
	}
	return (gas - transactionGas - byteGas*length) / (floor - byteGas), nil
}

// chainsSection says what is different on other chains than Ethereum, and under rules to come.
func (s *study) chainsSection(b *strings.Builder) error {
	b.WriteString(`
## Other chains

Everything above is Ethereum's gas under Osaka. None of what follows has been measured on the chain that it is about; the prices and limits are
those of the sources named, and chains change them: ` + "`zkml attest --dry-run`" + ` asks a node what it would cost there.

**Precompiles.** The verifiers call the precompiles of BN254 (6, 7 and 8), those of PLONK and sumcheck also powers (5), and those of PLONK SHA-256 (2). A call of one that is not there succeeds and
returns nothing, so they look at the length of what is returned: where the curve is missing, every proof is refused and none is
accepted. They are compiled for Prague and copy with MCOPY (Cancun), so older chains cannot run them. Chains that prove their own execution, such as zkSync's, price precompiles in another way than Ethereum.

**OP Stack.** It limits the input of the pairing: 112,687 bytes since Granite, 81,984 since Jovian, 57,600, which is 300 pairs, since Karst
(gov.optimism.io, upgrade 19b). The verifiers here pass 384 bytes (PLONK), 768 (Groth16), or up to 1,152 (Groth16 with a commitment, sumcheck),
whatever the model. To gas as on Ethereum comes a fee for publishing the transaction on the chain below, which goes by its bytes: the columns
*calldata bytes* above. Of these, proof, key and commitments are random and do not compress. There, private or committed inputs and small outputs save that
fee, too.

**Floors on calldata.** A transaction pays at least 10 gas for a byte of calldata that is zero and 40 for another one (EIP-7623, in force), or 64 for any (EIP-7976,
which go-ethereum 1.17.10 has for Amsterdam), on top of its base. Verifying computes so much that the floor is not above that
before calldata without zeros has more bytes than

`)
	var t table
	t.line("case", "calldata bytes now", "EIP-7623 not before", "EIP-7976 not before")
	for _, r := range s.verification {
		length, err := r.number("calldata_bytes")
		if err != nil {
			return err
		}
		cells := []string{r["case"], grouped(length)}
		for _, floor := range []int{floorGas, nextFloorGas} {
			n, err := floorBytes(r, floor)
			if err != nil {
				return err
			}
			cells = append(cells, grouped(n))
		}
		t.line(cells...)
	}
	b.WriteString(t.b.String() + `
This is arithmetic on the table of verifications, with prices else as they are: (gas − 21,000 − 16 for every byte) / (floor − 16). Inputs beyond that are better
committed, and published as blobs ([deploy.md](deploy.md#committed-inputs)).

**Amsterdam.** EIP-8037, as go-ethereum 1.17.10 has it, charges 1,530 gas for every byte of new state, 64 for a slot and 120 for an account: 97,920 gas for a slot, where it is
20,000 of 22,100 now. Deployments, uploads to ` + "`OnchainModel`" + `, registrations and attestations by the market, which record that a statement is used, become dearer by that; a
verifier asked by itself writes nothing. EIP-2780 lowers the base of a transaction to 12,000 and parts. The bounds above are for Osaka.

**Arbitrum Stylus.** Contracts in WebAssembly verify with the same precompiles, so that the pairing costs what it does in Solidity. Execution of loops should be
cheaper: OpenZeppelin published up to 18 times for the hash Poseidon. There is no such executor here, and no measurement of one.
`)
	return nil
}
