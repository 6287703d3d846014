// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
)

// A commitment is of a product of polynomials given by their values: with vectors,
// transforms and a sum, as a prover's are.
type commitment struct {
	basis map[accel.Device]accel.G1 // kept from before, as a key is
	a, b  []fr.Element
	want  curve.G1Affine // what a verifier knows
	runs  int
}

func (c *commitment) on(d accel.Device) (err error) {
	c.runs++
	keep := func(e []fr.Element) accel.Vector {
		v, failed := d.Vector(e)
		err = errors.Join(err, failed)
		return v
	}
	v, w := keep(c.a), keep(c.b)
	if err != nil {
		return err
	}
	defer v.Free()
	defer w.Free()
	if err := errors.Join(v.Mul(w), v.INTT(accel.Form{})); err != nil {
		return err
	}
	out, err := c.basis[d].MSM(0, v)
	if err != nil {
		return err
	}
	if c.want != (curve.G1Affine{}) && out[0] != c.want {
		return fmt.Errorf("commitment: %w", accel.ErrWrong)
	}
	c.want = out[0]
	return nil
}

// TestAttempt runs a computation that is verified at its end on devices of all kinds: it
// always comes out right, after a second run on the CPU where the device is to blame, and
// is not made on that device again.
func TestAttempt(t *testing.T) {
	t.Parallel()
	e, p, _ := data(64)
	var want commitment
	want.a, want.b = e, e[32:]
	want.b = append(append([]fr.Element(nil), e[32:]...), e[:32]...)
	host, err := cpu.Device{}.G1(p)
	if err != nil {
		t.Fatal(err)
	}
	want.basis = map[accel.Device]accel.G1{cpu.Device{}: host}
	if err := want.on(cpu.Device{}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		f    *acceltest.Fake
		runs int
	}{
		"honest":                 {new(acceltest.Fake), 1},
		"lies of a sum":          {acceltest.Liar(acceltest.Nth("MSM", 1)), 2},
		"lies of a product":      {acceltest.Liar(acceltest.Nth("Mul", 1)), 2},
		"lies of a transform":    {acceltest.Liar(acceltest.Nth("INTT", 1)), 2},
		"lies of a copy":         {acceltest.Liar(acceltest.Nth("Vector", 2)), 2},
		"lies all the time":      {acceltest.Liar(func(acceltest.Call) bool { return true }), 2},
		"stalls in a product":    {stalling(acceltest.Nth("Mul", 1)), 2},
		"stalls in a sum":        {stalling(acceltest.Nth("MSM", 1)), 2},
		"fails in a transform":   {acceltest.Failing(acceltest.Nth("INTT", 1)), 2},
		"panics in a sum":        {acceltest.Panicking(acceltest.Nth("MSM", 1)), 2},
		"has room for a vector":  {acceltest.Small(64*64+64*32, 0), 1},
		"has room for half":      {acceltest.Small(32*64, 0), 1},
		"has room for half once": {acceltest.Small(0, 32*32), 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				defer time.Sleep(2 * time.Hour) // stalled calls end within the bubble
				report := new(lines)
				d := guard.Untested(c.f, guard.Options{Report: report.add})
				basis, err := d.G1(p)
				if err != nil {
					t.Fatal(err)
				}
				mine := commitment{basis: map[accel.Device]accel.G1{d: basis, cpu.Device{}: host}, a: want.a, b: want.b, want: want.want}
				if err := accel.Attempt(d, mine.on); err != nil {
					t.Fatal(err)
				}
				if mine.runs != c.runs {
					t.Errorf("%d runs, want %d", mine.runs, c.runs)
				}
				if c.runs == 1 {
					if len(report.all) > 0 {
						t.Errorf("given up: %q", report.all)
					}
					return
				}
				report.once(t, "fake:0 is given up")
				calls := c.f.Count("MSM") + c.f.Count("Vector")
				if err := accel.Attempt(d, mine.on); err != nil || mine.runs != 3 {
					t.Errorf("once more: %v after %d runs", err, mine.runs)
				}
				if c.f.Count("MSM")+c.f.Count("Vector") != calls {
					t.Error("the device was asked again")
				}
			})
		})
	}
}

// stalling returns a device that takes an hour for some calls.
func stalling(when acceltest.When) *acceltest.Fake {
	return &acceltest.Fake{Before: func(c acceltest.Call) error {
		if when(c) {
			time.Sleep(time.Hour)
		}
		return nil
	}}
}

// TestAttemptDoesNotBlame checks that a caller's mistake leaves the device in use.
func TestAttemptDoesNotBlame(t *testing.T) {
	t.Parallel()
	d := guard.Untested(new(acceltest.Fake), guard.Options{Report: func(line string) { t.Error(line) }})
	e, p, _ := data(4)
	held, err := d.G1(p)
	if err != nil {
		t.Fatal(err)
	}
	runs := 0
	err = accel.Attempt(d, func(accel.Device) error {
		runs++
		_, err := held.MSM(1, accel.Elements(e))
		return err
	})
	if err == nil || runs != 1 {
		t.Errorf("%v after %d runs", err, runs)
	}
}
