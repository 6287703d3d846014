// SPDX-License-Identifier: Apache-2.0

package cpu_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// A vector that is written to has the elements, and keeps none of the memory that they
// came from.
func TestWrite(t *testing.T) {
	t.Parallel()
	x := []fr.Element{fr.NewElement(1), fr.NewElement(2), fr.NewElement(3), fr.NewElement(4)}
	v, err := cpu.Device{}.Vector(make([]fr.Element, 4))
	if err != nil {
		t.Fatal(err)
	}
	w := v.(accel.Writable)
	if err := w.Write(x); err != nil {
		t.Fatal(err)
	}
	x[1].SetZero()
	got := make([]fr.Element, 4)
	if err := v.Read(got); err != nil {
		t.Fatal(err)
	}
	for i, e := range got {
		if want := fr.NewElement(uint64(i) + 1); !e.Equal(&want) {
			t.Errorf("element %d is %v, want %v", i, &e, &want)
		}
	}
	for _, n := range []int{0, 3, 5} {
		if w.Write(make([]fr.Element, n)) == nil {
			t.Errorf("%d elements were written to a vector of 4", n)
		}
	}
}
