// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/constraint"
	cs_bn254 "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/statement"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// wrapKeys are keys of a wrap, with what differs between the systems that prove one.
type wrapKeys struct {
	name   string
	system string
	// keyBytes is the length of the wrap's part of a key.
	keyBytes int
	vk       export.VerifyingKey
	tau      *fr.Element // the secret of the SRS that the keys are of, nil if they are of none
	// prove returns the calldata form of a proof, verify is a verdict on one that owes the contract nothing.
	prove  func(t testing.TB, public [3]fr.Element, words *vsumcheck.WrapWords) []byte
	verify func(key []byte, public [3]fr.Element, proof []byte) error
	err    error
}

// sources are those of the contract, in the order of their imports.
func (k wrapKeys) sources() []string {
	list := []string{"IInferenceVerifier.sol", "Statement.sol", "InferenceVerifier.sol", "Curve.sol", "SumcheckVerifier.sol"}
	if k.system == statement.SumcheckPlonk {
		return append(list, "Plonk.sol", "SumcheckPlonkVerifier.sol")
	}
	return append(list, "SumcheckGroth16Verifier.sol")
}

// native returns the key of the wrap as verifier/snark has it.
func (k wrapKeys) native(t testing.TB) *vsnark.VerifyingKey {
	t.Helper()
	var vk *vsnark.VerifyingKey
	var err error
	switch key := k.vk.(type) {
	case *groth16_bn254.VerifyingKey:
		vk, err = vsnark.NewGroth16VerifyingKey(key, true)
	case *plonk_bn254.VerifyingKey:
		vk, err = vsnark.NewPlonkVerifyingKey(key, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	return vk
}

// freeWrap has the public inputs of a wrap and shows nothing about them: whoever proves it chooses them,
// and with them the words.
type freeWrap struct {
	Public  [3]frontend.Variable `gnark:",public"`
	Product frontend.Variable
}

func assignFree(public [3]fr.Element, _ *vsumcheck.WrapWords) frontend.Circuit {
	a := new(freeWrap)
	x := public[0]
	for i := range public {
		a.Public[i] = public[i]
		if i > 0 {
			x.Mul(&x, &public[0]).Add(&x, &public[i])
		}
	}
	a.Product = x
	return a
}

func (c *freeWrap) Define(api frontend.API) error {
	x := c.Public[0]
	for _, p := range c.Public[1:] {
		x = api.Add(api.Mul(x, c.Public[0]), p)
	}
	api.AssertIsEqual(x, c.Product)
	return nil
}

// boundWrap binds its words, which may be any.
type boundWrap struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Words   [vsumcheck.NumWrapWords]frontend.Variable
}

func (c *boundWrap) Define(api frontend.API) error {
	return circuits.Bind(api, sponge.Wrap, c.D, c.Z, c.E, c.Words[:])
}

func assignBound(public [3]fr.Element, words *vsumcheck.WrapWords) frontend.Circuit {
	a := &boundWrap{D: public[0], Z: public[1], E: public[2]}
	for i := range words {
		a.Words[i] = words[i]
	}
	return a
}

// drawnKeys are Groth16 keys of freeWrap with a random γ.
var drawnKeys = sync.OnceValue(func() wrapKeys { return drawKeys("drawn", new(freeWrap), assignFree) })

// boundKeys are those of boundWrap.
var boundKeys = sync.OnceValue(func() wrapKeys { return drawKeys("bound", new(boundWrap), assignBound) })

type assign func(public [3]fr.Element, words *vsumcheck.WrapWords) frontend.Circuit

func drawKeys(name string, c frontend.Circuit, a assign) wrapKeys {
	ccs, err := compileWrap(c)
	if err != nil {
		return wrapKeys{err: err}
	}
	pk, vk, err := groth16.Setup(ccs)
	return groth16Wrap(name, a, ccs, pk, vk, err)
}

// ceremonyKeys have γ = 1, as all keys from a ceremony.
var ceremonyKeys = sync.OnceValue(func() wrapKeys {
	ccs, err := compileWrap(new(freeWrap))
	if err != nil {
		return wrapKeys{err: err}
	}
	r1cs := ccs.(*cs_bn254.R1CS)
	beacon := []byte("contracts/sumcheck_prover_test.go")
	size := ecc.NextPowerOfTwo(uint64(r1cs.GetNbConstraints()))
	phase1 := mpcsetup.NewPhase1(size)
	phase1.Contribute()
	commons, err := mpcsetup.VerifyPhase1(size, beacon, phase1)
	if err != nil {
		return wrapKeys{err: err}
	}
	var phase2 mpcsetup.Phase2
	phase2.Initialize(r1cs, &commons)
	phase2.Contribute()
	pk, vk, err := mpcsetup.VerifyPhase2(r1cs, &commons, beacon, &phase2)
	return groth16Wrap("ceremony", assignFree, ccs, pk, vk, err)
})

func compileWrap(c frontend.Circuit) (constraint.ConstraintSystem, error) {
	logger.Disable()
	return frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
}

func groth16Wrap(name string, a assign, ccs constraint.ConstraintSystem, pk groth16.ProvingKey, vk groth16.VerifyingKey, err error) wrapKeys {
	return wrapKeys{
		name: name, system: statement.Sumcheck, keyBytes: 0x340, vk: vk, err: err, verify: verifyGroth16Wrap,
		prove: func(t testing.TB, public [3]fr.Element, words *vsumcheck.WrapWords) []byte {
			t.Helper()
			witness, err := frontend.NewWitness(a(public, words), ecc.BN254.ScalarField())
			if err != nil {
				t.Fatal(err)
			}
			proof, err := groth16.Prove(ccs, pk, witness)
			if err != nil {
				t.Fatal(err)
			}
			b, err := export.Groth16Proof(proof)
			if err != nil {
				t.Fatal(err)
			}
			return b
		},
	}
}

// verifyGroth16Wrap checks (3) of SumcheckGroth16Verifier.sol, given the wrap's part of a key.
func verifyGroth16Wrap(key []byte, public [3]fr.Element, proof []byte) error {
	d := &decoder{b: key}
	delta, alpha, beta, gamma := d.g2(), d.g1(), d.g2(), d.g2()
	k := d.points(4)
	p := &decoder{b: proof}
	a, b, c := p.g1(), p.g2(), p.g1()
	if err := errors.Join(d.err, p.end()); err != nil {
		return err
	}
	var sum curve.G1Jac
	addTerm(&sum, k[0], fr.One())
	for i, x := range public {
		addTerm(&sum, k[i+1], x)
	}
	return checkPairing([]curve.G1Affine{a, c, alpha, affine(sum)}, []curve.G2Affine{b, delta, beta, gamma})
}

// plonkKeys are PLONK keys of a circuit that shows as little as freeWrap.
func plonkKeys(t testing.TB) wrapKeys {
	t.Helper()
	p := newPlonkProver(t, plonkShapes[1])
	return wrapKeys{
		name: "plonk", system: statement.SumcheckPlonk, keyBytes: 0x2c0, vk: p.vk, tau: &plonkTau, verify: plonkVerdict(p.vk, p.key),
		prove: func(t testing.TB, public [3]fr.Element, _ *vsumcheck.WrapWords) []byte { return p.prove(t, public) },
	}
}

// plonkVerdict verifies wraps with gnark.
func plonkVerdict(vk *plonk_bn254.VerifyingKey, own []byte) func(key []byte, public [3]fr.Element, proof []byte) error {
	return func(key []byte, public [3]fr.Element, proof []byte) error {
		if !bytes.Equal(key, own) {
			return errOtherModel
		}
		return (&plonkProver{vk: vk, key: own}).verifyProof(public, proof)
	}
}

// wraps are keys of all kinds.
func wraps(t testing.TB) []wrapKeys {
	return []wrapKeys{drawnKeys(), ceremonyKeys(), plonkKeys(t)}
}
