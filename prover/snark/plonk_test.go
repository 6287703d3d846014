// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/consensys/gnark/constraint/solver"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

// plonkFixture is the one with a commitment.
func plonkFixture(t *testing.T) *fixture {
	t.Helper()
	f := fixtures(t)[3]
	if f.cs.System() != snark.Plonk || f.cs.NumCommitments() != 1 {
		t.Fatalf("fixture %s", f.name)
	}
	return f
}

// plonkKinds are the calls that a PLONK proof makes.
var plonkKinds = []string{"G1", "Vector", "MSM", "NTT", "INTT", "Add", "Sub", "Mul", "Scale", "Read"}

// TestPlonkOnBadDevices has a device fail, run out of memory or lie in the first, a middle
// and the last call of each kind: there is a proof, which Prove has verified, and the device
// is given up, with nothing left on it.
func TestPlonkOnBadDevices(t *testing.T) {
	t.Parallel()
	f := plonkFixture(t)
	honest := &replaceable{Fake: new(acceltest.Fake)}
	loading := map[string]int{} // the calls before the circuit is solved
	load := solver.OverrideHint(solver.GetHintID(divide), func(field *big.Int, in, out []*big.Int) error {
		for _, kind := range plonkKinds {
			loading[kind] = honest.Count(kind)
		}
		return divide(field, in, out)
	})
	if _, _, err := prover.Prove(t.Context(), honest, f.cs, f.pk, divided(47), load); err != nil || honest.given.Load() > 0 {
		t.Fatalf("an honest device: %v, given up %d times", err, honest.given.Load())
	}
	if loading["G1"] != 2 || loading["G1"] != honest.Count("G1") {
		t.Errorf("%d of %d sets of points are brought there before the circuit is solved", loading["G1"], honest.Count("G1"))
	}
	for _, kind := range plonkKinds {
		calls := honest.Count(kind)
		if calls == 0 {
			t.Errorf("no call of %s: this test misses what is called", kind)
		}
		for _, k := range []int{1, calls/2 + 1, calls} {
			for name, fake := range map[string]*acceltest.Fake{
				"fails":  acceltest.Failing(acceltest.Nth(kind, k)),
				"is out": {Before: outOfMemory(acceltest.Nth(kind, k))},
				"lies":   acceltest.Liar(acceltest.Nth(kind, k)),
			} {
				if name == "lies" && (kind == "G1" || kind == "Vector" || kind == "Read") {
					continue // which need not matter: see prover/plonk
				}
				bad := &replaceable{Fake: fake}
				var solved atomic.Int32
				_, _, err := prover.Prove(t.Context(), bad, f.cs, f.pk, divided(47), counted(&solved))
				if err != nil {
					t.Errorf("%s in call %d of %s: %v", name, k, kind, err)
				}
				want := int32(2)
				if name != "lies" && k <= loading[kind] {
					want = 1
				}
				if bad.given.Load() != 1 || solved.Load() != want {
					t.Errorf("%s in call %d of %s: given up %d times, solved %d times, want %d",
						name, k, kind, bad.given.Load(), solved.Load(), want)
				}
				if bad.Bytes() != 0 {
					t.Errorf("%s in call %d of %s: %d bytes are left on the device", name, k, kind, bad.Bytes())
				}
			}
		}
	}
}

// A device that nothing replaces makes no proof, and says why.
func TestPlonkOnBadDeviceAlone(t *testing.T) {
	t.Parallel()
	f := plonkFixture(t)
	for name, c := range map[string]struct {
		device *acceltest.Fake
		want   error
	}{
		"fails to commit":  {acceltest.Failing(acceltest.Nth("MSM", 2)), accel.ErrFault},
		"fails":            {acceltest.Failing(acceltest.Nth("NTT", 1)), accel.ErrFault},
		"no memory":        {acceltest.Small(10000, 0), accel.ErrMemory},
		"lies":             {acceltest.Liar(acceltest.Nth("MSM", 4)), accel.ErrWrong},
		"lies all the way": {acceltest.Liar(func(acceltest.Call) bool { return true }), accel.ErrWrong},
		"makes no points":  {&acceltest.Fake{Garbage: acceltest.Nth("MSM", 4)}, accel.ErrWrong},
		"makes too few":    {&acceltest.Fake{Fewer: acceltest.Nth("MSM", 4)}, accel.ErrFault},
	} {
		_, _, err := prover.Prove(t.Context(), c.device, f.cs, f.pk, divided(47))
		if !errors.Is(err, c.want) || errors.Is(err, prover.ErrUnsatisfied) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// An assignment that is to blame is no reason to give a device up, or to solve again.
func TestPlonkUnsatisfiedOnDevices(t *testing.T) {
	t.Parallel()
	f := plonkFixture(t)
	wrong := divided(47)
	wrong.Z = 10
	device := &replaceable{Fake: acceltest.Liar(func(acceltest.Call) bool { return true })}
	var solved atomic.Int32
	if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, wrong, counted(&solved)); !errors.Is(err, prover.ErrUnsatisfied) {
		t.Errorf("got %v, want ErrUnsatisfied", err)
	}
	if device.given.Load() != 0 || solved.Load() > 1 {
		t.Errorf("given up %d times, solved %d times", device.given.Load(), solved.Load())
	}
}

// A key of PLONK stays on a device, and is one of the circuit that was proved last.
func TestPlonkKeysAreResident(t *testing.T) {
	t.Parallel()
	f := plonkFixture(t)
	device := new(acceltest.Fake)
	held := 0
	for i := range 3 {
		if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, divided(100+i)); err != nil {
			t.Fatal(err)
		}
		if i > 0 && device.Bytes() != held {
			t.Errorf("proof %d: %d bytes held, want %d", i, device.Bytes(), held)
		}
		held = device.Bytes()
	}
	if held == 0 || device.Count("G1") != 2 {
		t.Errorf("%d bytes held, points brought there %d times", held, device.Count("G1"))
	}
	again, err := prover.Compile(&quotient{Range: true}, f.cs.System())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []*prover.ConstraintSystem{again, f.cs, again} {
		if _, _, err := prover.Prove(t.Context(), nil, c, f.pk, divided(i)); err != nil {
			t.Error(fmt.Errorf("a circuit compiled twice: %w", err))
		}
	}
}

// TestPlonkOnGuardedDevices proves on devices as the command makes them, which go bad after
// their first test. Vectors that do not fit are on the CPU.
func TestPlonkOnGuardedDevices(t *testing.T) {
	t.Parallel()
	f := plonkFixture(t)
	for name, c := range map[string]struct {
		fake    func(armed acceltest.When) *acceltest.Fake
		givenUp bool
	}{
		"honest":             {func(acceltest.When) *acceltest.Fake { return new(acceltest.Fake) }, false},
		"lies":               {acceltest.Liar, true},
		"panics":             {acceltest.Panicking, true},
		"has little memory":  {func(acceltest.When) *acceltest.Fake { return new(acceltest.Fake) }, false},
		"runs out of memory": {func(w acceltest.When) *acceltest.Fake { return &acceltest.Fake{Before: outOfMemory(w)} }, false},
	} {
		var armed atomic.Bool
		var given atomic.Int32
		fake := c.fake(func(call acceltest.Call) bool { return armed.Load() && call.Kind != "Free" && call.Kind != "Close" })
		device, err := guard.New(fake, guard.Options{Report: func(string) { given.Add(1) }})
		if err != nil {
			t.Fatal(err)
		}
		armed.Store(true)
		if name == "has little memory" {
			fake.SetHeld(fake.Bytes() + 10000)
		}
		for range 2 {
			if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, divided(47)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if (given.Load() == 1) != c.givenUp {
			t.Errorf("%s: given up %d times", name, given.Load())
		}
		if err := device.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a device holds of a circuit's key goes when the circuit is replaced, whether or not
// there is garbage to collect.
func TestPlonkKeyIsReplaced(t *testing.T) {
	t.Parallel()
	f := &fixture{name: "replaced"}
	var err error
	if f.cs, err = prover.Compile(&quotient{Size: 6}, snark.Plonk); err != nil {
		t.Fatal(err)
	}
	if f.pk, f.vk, err = prover.Setup(t.Context(), f.cs, prover.SetupOptions{Insecure: true}); err != nil {
		t.Fatal(err)
	}
	again, err := prover.Compile(&quotient{Size: 6}, snark.Plonk)
	if err != nil {
		t.Fatal(err)
	}
	first, second := new(acceltest.Fake), new(acceltest.Fake)
	if _, _, err := prover.Prove(t.Context(), first, f.cs, f.pk, divided(47)); err != nil || first.Bytes() == 0 {
		t.Fatalf("%d bytes held: %v", first.Bytes(), err)
	}
	held := prover.PlonkKey(f.pk) // which is no garbage before the end
	if _, _, err := prover.Prove(t.Context(), second, again, f.pk, divided(47)); err != nil || second.Bytes() == 0 {
		t.Fatalf("%d bytes held: %v", second.Bytes(), err)
	}
	for end := time.Now().Add(20 * time.Second); first.Bytes() != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d bytes are left of the circuit before", first.Bytes())
		}
	}
	runtime.KeepAlive(held)
}
