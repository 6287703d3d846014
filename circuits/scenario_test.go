// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
)

func init() { logger.Disable() } // gnark reports every forged run

var field = ecc.BN254.ScalarField()

// builders are the constraint systems of Groth16 and PLONK.
var builders = map[string]frontend.NewBuilder{
	"r1cs": r1cs.NewBuilder[constraint.U64],
	"scs":  scs.NewBuilder[constraint.U64],
}

// A judge says whether an assignment satisfies a circuit.
type judge func(assignment *circuits.Circuit) error

// engine judges with gnark's test engine, which runs Define on numbers.
func engine(m *circuits.Model) judge {
	return func(a *circuits.Circuit) error { return test.IsSolved(m.Circuit(), a, field) }
}

// compiled judges with the solver of the compiled constraint system.
func compiled(t *testing.T, m *circuits.Model, b frontend.NewBuilder) judge {
	t.Helper()
	ccs := compile(t, m, b)
	return func(a *circuits.Circuit) error { return solve(ccs, a) }
}

func compile(t testing.TB, m *circuits.Model, b frontend.NewBuilder) constraint.ConstraintSystem {
	t.Helper()
	ccs, err := frontend.Compile(field, b, m.Circuit())
	if err != nil {
		t.Fatal(err)
	}
	return ccs
}

func solve(ccs constraint.ConstraintSystem, a frontend.Circuit) error {
	w, err := frontend.NewWitness(a, field)
	if err != nil {
		return err
	}
	return ccs.IsSolved(w, solver.OverrideHint(solver.GetHintID(cs.Bsb22CommitmentComputePlaceholder), hashCommitted))
}

// hashCommitted stands for the commitment in the solver: a hash of the committed
// elements, as in a proof.
func hashCommitted(_ *big.Int, in, out []*big.Int) error {
	h := sha256.New()
	for _, x := range in {
		h.Write(x.FillBytes(make([]byte, 32)))
	}
	out[0].SetBytes(h.Sum(nil)[:31])
	return nil
}

// TestScenarios: the circuit accepts the honest run and rejects every forged one,
// in the test engine and compiled to either constraint system.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			m := s.Model()
			judges := map[string]judge{"engine": engine(m)}
			for name, b := range builders {
				if name == "scs" && testing.Short() {
					continue // ten times the constraints
				}
				judges[name] = compiled(t, m, b)
			}
			for name, judge := range judges {
				if err := judge(s.Honest(m).Circuit()); err != nil {
					t.Errorf("%s: honest run: %v", name, err)
				}
				for _, f := range s.Lies() {
					if judge(s.Forge(m, f).Circuit()) == nil {
						t.Errorf("%s: %s: accepted", name, f.Name)
					}
				}
			}
		})
	}
}

// TestFaults plants a fault for each relation that checks: without it, the
// circuit accepts a lie that the whole circuit rejects.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			whole := engine(s.Model())
			for i, f := range s.Faults() {
				if testing.Short() && i > 0 {
					break
				}
				exploits := s.Exploits(f)
				if len(exploits) == 0 {
					t.Errorf("without %s no lie passes", f.Name)
					continue
				}
				lie := exploits[0].Circuit()
				if err := engine(f.Model)(lie); err != nil {
					t.Errorf("without %s the lie does not pass the circuit: %v", f.Name, err)
				}
				if whole(lie) == nil {
					t.Errorf("%s does not keep the lie from passing", f.Name)
				}
			}
		})
	}
}
