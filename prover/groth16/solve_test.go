// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
)

// TestPanicInCommitment has a device panic within the solver, whose goroutines nobody else can
// recover.
func TestPanicInCommitment(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10, Commitments: 2})
	full := fullWitness(t, newPowers(2, 10))
	key := NewKey(s.pk)
	device := acceltest.Panicking(acceltest.Nth("MSM", 1))
	_, err := key.Solve(device, s.cs, full)
	if !errors.As(err, new(*DeviceError)) || errors.As(err, new(*SolverError)) || !strings.Contains(err.Error(), "panic") {
		t.Errorf("got %v, want a DeviceError for a panic", err)
	}
	if _, err := key.Solve(device, s.cs, full); err != nil {
		t.Errorf("once more: %v", err)
	}
}

// TestPanicInLoad has a device panic while it is given a key: nothing of it stays.
func TestPanicInLoad(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10, Commitments: 2})
	full := fullWitness(t, newPowers(2, 10))
	solve := func(key *Key, device *acceltest.Fake) (err error, panics bool) {
		defer func() { panics = recover() != nil }()
		_, err = key.Solve(device, s.cs, full)
		return err, false
	}
	honest := new(acceltest.Fake)
	if err, _ := solve(NewKey(s.pk), honest); err != nil {
		t.Fatal(err)
	}
	for k := 1; k <= honest.Count("G1"); k++ {
		device := acceltest.Panicking(acceltest.Nth("G1", k))
		key := NewKey(s.pk)
		if _, panics := solve(key, device); !panics || device.Bytes() != 0 {
			t.Errorf("set %d: panics %v, %d bytes are left", k, panics, device.Bytes())
		}
		if err, panics := solve(key, device); err != nil || panics || device.Bytes() != honest.Bytes() {
			t.Errorf("set %d: %v, panics %v, the key takes %d bytes, want %d", k, err, panics, device.Bytes(), honest.Bytes())
		}
	}
}

// failing is a device that another replaces.
type failing struct{ *acceltest.Fake }

func (failing) Instead() accel.Device { return cpu.Device{} }

func (failing) Distrust(error) accel.Device { return cpu.Device{} }

// TestSolutionIsKept makes a second proof after a device was replaced while it committed: whoever
// solved with that device may want one.
func TestSolutionIsKept(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10, Commitments: 1})
	full := fullWitness(t, newPowers(2, 10))
	solution, err := NewKey(s.pk).Solve(failing{acceltest.Failing(acceltest.Nth("MSM", 1))}, s.cs, full)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if solution.UsedUp() {
			t.Fatal("used up")
		}
		if _, err := solution.Prove(); err != nil {
			t.Fatal(err)
		}
	}
	if ok, err := solution.Confirm(cpu.Device{}); !ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	if _, err := solution.Prove(); err != nil || !solution.UsedUp() {
		t.Errorf("%v, used up %v, for a device that nothing replaces", err, solution.UsedUp())
	}
}

// seeing is a device that notes what vectors it is given.
type seeing struct {
	again
	seen *[][]fr.Element
}

func (d seeing) Vector(x []fr.Element) (accel.Vector, error) {
	*d.seen = append(*d.seen, x)
	return d.again.Vector(x)
}

// TestRowsAreNotWritten makes two proofs of one solution. The vectors of the first one, which a
// call that hangs may still be reading, are those of the second one, with all rows there are: there
// is nothing left to write.
func TestRowsAreNotWritten(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10})
	var seen [][]fr.Element
	solution, err := NewKey(s.pk).Solve(seeing{seen: &seen}, s.cs, fullWitness(t, newPowers(2, 10)))
	if err != nil {
		t.Fatal(err)
	}
	rows := []fr.Vector{solution.u, solution.v, solution.w}
	for range 2 {
		if _, err := solution.Prove(); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 6 {
		t.Fatalf("%d vectors, want 6", len(seen))
	}
	for k, x := range seen {
		if n := int(s.pk.Domain.Cardinality); len(x) != n || len(rows[k%3]) != n || &x[0] != &rows[k%3][0] {
			t.Errorf("vector %d has %d elements, the solution %d, want the same %d", k, len(x), len(rows[k%3]), n)
		}
	}
}

// TestSolveErrors tells apart who is to blame.
func TestSolveErrors(t *testing.T) {
	t.Parallel()
	const size = 10
	s := newSetup(t, &powers{Size: size, Commitments: 1})
	right := newPowers(2, size)
	wrong := newPowers(2, size)
	wrong.Y = 3
	full := fullWitness(t, right)
	_, err := NewKey(s.pk).Solve(cpu.Device{}, s.cs, fullWitness(t, wrong))
	if !errors.As(err, new(*SolverError)) || errors.As(err, new(*DeviceError)) {
		t.Errorf("a wrong witness: got %v, want a SolverError", err)
	}
	refused := func(name string, err error) {
		t.Helper()
		if err == nil || errors.As(err, new(*SolverError)) || errors.As(err, new(*DeviceError)) {
			t.Errorf("%s: got %T %v", name, err, err)
		}
	}
	other, err := frontend.NewWitness(&powers{X: 1, Y: 1}, ecc.BLS12_381.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	_, err = NewKey(s.pk).Solve(cpu.Device{}, s.cs, other)
	refused("a witness of another field", err)
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	if _, err = NewKey(s.pk).Solve(cpu.Device{}, s.cs, public); !errors.As(err, new(*SolverError)) {
		t.Errorf("a witness without secrets: got %v, want a SolverError", err)
	}
	_, err = NewKey(newSetup(t, &powers{Size: 1, Commitments: 1}).pk).Solve(cpu.Device{}, s.cs, full)
	refused("a key of few rows", err)
	_, err = NewKey(newSetup(t, &powers{Size: size}).pk).Solve(cpu.Device{}, s.cs, full)
	refused("a key without commitments", err)

	info := s.cs.CommitmentInfo.(constraint.Groth16Commitments)
	honest := info[0]
	for name, change := range map[string]func(*constraint.Groth16Commitment){
		"committed wire out of range": func(c *constraint.Groth16Commitment) { c.PrivateCommitted[0] = s.cs.NbInternalVariables + 100 },
		"committed wire below 0":      func(c *constraint.Groth16Commitment) { c.PrivateCommitted[0] = -1 },
		"public committed wire":       func(c *constraint.Groth16Commitment) { c.PrivateCommitted[0] = 1 },
		"commitment out of range": func(c *constraint.Groth16Commitment) {
			c.CommitmentIndex += 1000
			c.PrivateCommitted[len(c.PrivateCommitted)-1] = c.CommitmentIndex - 1
		},
		"commitment without its mask": func(c *constraint.Groth16Commitment) { c.CommitmentIndex++ },
	} {
		info[0] = honest
		info[0].PrivateCommitted = slices.Clone(honest.PrivateCommitted)
		change(&info[0])
		_, err := NewKey(s.pk).Solve(cpu.Device{}, s.cs, full)
		refused(name, err)
	}
	info[0] = honest
	if _, err := NewKey(s.pk).Solve(cpu.Device{}, s.cs, full); err != nil {
		t.Error(err)
	}
}
