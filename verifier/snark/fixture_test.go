// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/verifier/snark"
)

// toy proves that Z = X⋅Y + 5 and E = D⋅X + Z for secret X and Y, and with Range that X < 2¹⁶, which
// takes a commitment. Nothing is true of falseInputs.
type toy struct {
	D, Z, E frontend.Variable `gnark:",public"`
	X, Y    frontend.Variable

	Range bool `gnark:"-"`
}

func (c *toy) Define(api frontend.API) error {
	api.AssertIsEqual(c.Z, api.Add(api.Mul(c.X, c.Y), 5))
	api.AssertIsEqual(c.E, api.Add(api.Mul(c.D, c.X), c.Z))
	if c.Range {
		rangecheck.New(api).Check(c.X, 16)
	}
	return nil
}

// toyInputs returns the assignment D = d, X = 11, Y = 13 and its public inputs.
func toyInputs(d uint64) (*toy, snark.PublicInputs) {
	const x, y = 11, 13
	z, e := uint64(x*y+5), d*x+x*y+5
	return &toy{D: d, Z: z, E: e, X: x, Y: y},
		snark.PublicInputs{fr.NewElement(d), fr.NewElement(z), fr.NewElement(e)}
}

// falseInputs have no witness: D = 0 and Z ≠ E.
var falseInputs = snark.PublicInputs{{}, fr.NewElement(1), fr.NewElement(2)}

// A fixture is a circuit with keys and an honest proof.
type fixture struct {
	name   string
	system snark.System
	cs     *cs.R1CS
	vk     *snark.VerifyingKey
	proof  *snark.Proof
	public snark.PublicInputs

	groth16 *groth16.ProvingKey
	plonk   *plonk.ProvingKey
	tau     fr.Element // secret of the SRS
}

// fixtures are all systems with and without a commitment.
func fixtures(t testing.TB) []*fixture {
	t.Helper()
	fs, err := makeFixtures()
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

var makeFixtures = sync.OnceValues(func() ([]*fixture, error) {
	var fs []*fixture
	for _, f := range []*fixture{
		{name: "groth16", system: snark.Groth16},
		{name: "groth16-committed", system: snark.Groth16},
		{name: "plonk", system: snark.Plonk},
		{name: "plonk-committed", system: snark.Plonk},
	} {
		circuit := &toy{Range: f.name != string(f.system)}
		if err := f.setup(circuit); err != nil {
			return nil, err
		}
		assignment, public := toyInputs(7)
		f.public = public
		var err error
		if f.proof, err = f.prove(assignment); err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
})

// named returns the fixture of a name.
func namedFixture(t testing.TB, name string) *fixture {
	t.Helper()
	for _, f := range fixtures(t) {
		if f.name == name {
			return f
		}
	}
	t.Fatalf("no fixture %q", name)
	return nil
}

func compile(system snark.System, circuit frontend.Circuit, opts ...frontend.CompileOption) (*cs.R1CS, error) {
	var builder frontend.NewBuilder = r1cs.NewBuilder
	if system == snark.Plonk {
		builder = scs.NewBuilder
	}
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), builder, circuit, opts...)
	if err != nil {
		return nil, err
	}
	return compiled.(*cs.R1CS), nil
}

func (f *fixture) setup(circuit frontend.Circuit) (err error) {
	if f.cs, err = compile(f.system, circuit); err != nil {
		return err
	}
	if f.system == snark.Groth16 {
		var vk *groth16.VerifyingKey
		if f.groth16, vk, err = unsafesetup.Groth16(f.cs); err != nil {
			return err
		}
		f.vk, err = snark.NewGroth16VerifyingKey(vk, true)
		return err
	}
	if _, err := f.tau.SetRandom(); err != nil {
		return err
	}
	var vk *plonk.VerifyingKey
	if f.plonk, vk, err = plonkKeys(f.cs, f.tau); err != nil {
		return err
	}
	f.vk, err = snark.NewPlonkVerifyingKey(vk, true)
	return err
}

func plonkKeys(c *cs.R1CS, tau fr.Element) (*plonk.ProvingKey, *plonk.VerifyingKey, error) {
	size := ecc.NextPowerOfTwo(uint64(c.GetNbConstraints() + snark.NumPublicInputs))
	canonical, lagrange, err := unsafesetup.SRSOf(size, tau)
	if err != nil {
		return nil, nil, err
	}
	return plonk.Setup(c, *canonical, *lagrange)
}

func (f *fixture) prove(assignment frontend.Circuit) (*snark.Proof, error) {
	full, err := newWitness(assignment)
	if err != nil {
		return nil, err
	}
	if f.system == snark.Groth16 {
		proof, err := groth16.Prove(f.cs, f.groth16, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
		if err != nil {
			return nil, err
		}
		return snark.NewGroth16Proof(proof)
	}
	proof, err := plonk.Prove(f.cs, f.plonk, full, solidity.WithProverTargetSolidityVerifier(backend.PLONK))
	if err != nil {
		return nil, err
	}
	return snark.NewPlonkProof(proof)
}

func newWitness(assignment frontend.Circuit) (witness.Witness, error) {
	return frontend.NewWitness(assignment, ecc.BN254.ScalarField())
}

func marshal(t testing.TB, v interface{ MarshalBinary() ([]byte, error) }) []byte {
	t.Helper()
	data, err := v.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
