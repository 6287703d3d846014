// SPDX-License-Identifier: Apache-2.0

package export

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/statement"
)

// An Inference is a statement and its proof, as a contract takes them.
type Inference struct {
	ModelDigest [32]byte     // digest of the integer program
	Context     [32]byte     // what the calling contract binds the proof to; zero if nothing
	System      string       // proof system: statement.Groth16, Plonk or Sumcheck
	Key         []byte       // verifying key in its calldata form
	Input       []byte       // bytes of all public input tensors
	Output      []byte       // bytes of all public output tensors
	Commitments []fr.Element // one per committed tensor
	Z           fr.Element   // challenge of the circuit, its second public input
	Proof       []byte       // proof in its calldata form, Z not included
}

// Model returns the model's name, see ModelID.
func (v *Inference) Model() [32]byte {
	return ModelID(v.ModelDigest, v.System, v.Key)
}

// PublicInputs returns D, Z and E: Z as it is, D and E computed from the statement as the contracts do.
func (v *Inference) PublicInputs() [3]fr.Element {
	return [3]fr.Element{
		statement.Digest(v.Model(), v.Context, v.Input, v.Output, v.Commitments),
		v.Z,
		statement.Evaluate(statement.Words(v.Input, v.Output, v.Commitments), v.Z),
	}
}

// Calldata returns the call of verifyInference of the verifier that serves all models, see
// IInferenceVerifier.sol.
func (v *Inference) Calldata() []byte {
	model := v.Model()
	return encodeCall(
		"verifyInference(bytes32,bytes32,bytes32,bytes,bytes,bytes,bytes32[],bytes)",
		word(model), word(v.ModelDigest), word(v.Context),
		dynamic(v.Key), dynamic(v.Input), dynamic(v.Output), v.commitments(), v.proof(),
	)
}

// ModelCalldata returns the call of verifyInference of the contract that Solidity writes for the model.
func (v *Inference) ModelCalldata() []byte {
	return encodeCall(
		"verifyInference(bytes32,bytes,bytes,bytes32[],bytes)",
		word(v.Context), dynamic(v.Input), dynamic(v.Output), v.commitments(), v.proof(),
	)
}

func (v *Inference) commitments() argument {
	tail := length(len(v.Commitments))
	for i := range v.Commitments {
		tail = append(tail, v.Commitments[i].Marshal()...)
	}
	return argument{tail: tail}
}

func (v *Inference) proof() argument {
	return dynamic(append(v.Z.Marshal(), v.Proof...))
}

// An argument of a call in the contract ABI: one word in place, or a tail that the head points to.
type argument struct {
	word [32]byte
	tail []byte // nil if the argument is static; otherwise length and data, a multiple of 32 bytes
}

func word(w [32]byte) argument { return argument{word: w} }

// dynamic encodes an argument of type bytes.
func dynamic(b []byte) argument {
	tail := append(length(len(b)), b...)
	return argument{tail: append(tail, make([]byte, -len(b)&31)...)}
}

func length(n int) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 24), uint64(n))
}

func encodeCall(signature string, args ...argument) []byte {
	selector := statement.Keccak([]byte(signature))
	call := selector[:4:4]
	offset := 32 * len(args)
	for _, arg := range args {
		if arg.tail == nil {
			call = append(call, arg.word[:]...)
			continue
		}
		call = append(call, length(offset)...)
		offset += len(arg.tail)
	}
	for _, arg := range args {
		call = append(call, arg.tail...)
	}
	return call
}
