// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"fmt"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/selftest"
)

// TestConformance has the device pass what any device must.
func TestConformance(t *testing.T) {
	d, _ := open(t, Options{})
	acceltest.Conformance(t, func() (accel.Device, error) { return Open(d.options) }, selftest.Options{Points: 64, LogNTT: 7})
}

// TestSums and TestVectors compare the device with the CPU: what the stub is told must be
// what the headers say, for it to find the right answers.
func TestSums(t *testing.T) {
	for _, n := range []int{1, 2, 3, 100, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d, c := open(t, Options{})
			compareSums(t, d, n)
			if t.Failed() {
				t.Log("the stub says: ", c.why())
			}
		})
	}
}

// TestChunks cuts sums into parts.
func TestChunks(t *testing.T) {
	d, c := open(t, Options{Chunk: 1 << 10})
	before := c.calls("bn254_msm")
	compareSums(t, d, 1500)
	if got := c.calls("bn254_msm") - before; got < 2*10 {
		t.Errorf("%d calls: the sums were not cut", got)
	}
}

func TestVectors(t *testing.T) {
	for k := range 9 {
		t.Run(fmt.Sprint(1<<k), func(t *testing.T) {
			d, c := open(t, Options{Transform: 12})
			compareVectors(t, d, 1<<k)
			if t.Failed() {
				t.Log("the stub says: ", c.why())
			}
		})
	}
}

// TestShuffled spares the device its permutations, which no result shows.
func TestShuffled(t *testing.T) {
	d, _ := open(t, Options{})
	v, err := d.Vector(elements(source(1), 8))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []accel.Form{{Shuffled: true}, {Shuffled: true, Coset: true}, {}} {
		before := orders
		if err := errors.Join(v.INTT(f), v.NTT(f)); err != nil {
			t.Fatal(err)
		}
		want := before
		if f.Shuffled {
			want[naturalToMixed]++
			want[mixedToNatural]++
		} else {
			want[naturalToNatural] += 2
		}
		if orders != want {
			t.Errorf("%+v: transforms by order were %d, are %d, want %d", f, before, orders, want)
		}
	}
}
