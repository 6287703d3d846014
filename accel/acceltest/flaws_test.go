// SPDX-License-Identifier: Apache-2.0

package acceltest_test

import (
	"sync"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// nameless has no name.
type nameless struct{ cpu.Device }

func (nameless) String() string { return "" }

// flaws is the CPU with something wrong about its sums over G1 or its vectors.
type flaws struct {
	cpu.Device
	msm       func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error)
	ntt, intt func(accel.Form) accel.Form
	aliases   bool  // vectors are what they were made of
	spoils    bool  // Mul writes to its operand
	lax       bool  // Read takes what it should refuse
	frees     *slot // Free does not know what was freed
}

func noCoset(f accel.Form) accel.Form    { return accel.Form{Shuffled: f.Shuffled} }
func inOrder(f accel.Form) accel.Form    { return accel.Form{Coset: f.Coset} }
func outOfOrder(f accel.Form) accel.Form { return accel.Form{Coset: f.Coset, Shuffled: true} }

// flawedG1 and flawedG2 are points that take vectors of a device with flaws.
type flawedG1 struct {
	accel.G1
	flaws
}

type flawedG2 struct{ accel.G2 }

func (d flaws) G1(p []curve.G1Affine) (accel.G1, error) {
	held, err := d.Device.G1(p)
	return flawedG1{held, d}, err
}

func (d flaws) G2(p []curve.G2Affine) (accel.G2, error) {
	held, err := d.Device.G2(p)
	return flawedG2{held}, err
}

func (p flawedG1) MSM(from int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	if p.msm != nil {
		return p.msm(p.G1, from, bare(x))
	}
	return p.G1.MSM(from, bare(x)...)
}

func (p flawedG2) MSM(from int, x ...accel.Scalars) ([]curve.G2Affine, error) {
	return p.G2.MSM(from, bare(x)...)
}

// bare returns scalars as the CPU takes them.
func bare(x []accel.Scalars) []accel.Scalars {
	out := make([]accel.Scalars, len(x))
	for k := range x {
		out[k] = x[k]
		if v, ok := x[k].(*flawedVector); ok {
			out[k] = v.Vector
		}
	}
	return out
}

type flawedVector struct {
	accel.Vector
	flaws
	from []fr.Element
}

// slot is where the last vector is, even after it was freed.
type slot struct {
	mu   sync.Mutex
	last *flawedVector
}

func (d flaws) Vector(x []fr.Element) (accel.Vector, error) {
	v, err := d.Device.Vector(x)
	out := &flawedVector{v, d, x}
	if d.frees != nil {
		d.frees.mu.Lock()
		defer d.frees.mu.Unlock()
		d.frees.last = out
	}
	return out, err
}

func (v *flawedVector) NTT(f accel.Form) error {
	if v.ntt != nil {
		f = v.ntt(f)
	}
	return v.Vector.NTT(f)
}

func (v *flawedVector) INTT(f accel.Form) error {
	if v.intt != nil {
		f = v.intt(f)
	}
	return v.Vector.INTT(f)
}

func (v *flawedVector) Read(out []fr.Element) error {
	switch {
	case v.lax && len(out) == 0:
		return nil
	case v.aliases && len(out) == len(v.from) && len(out) > 0 && v.from[0].IsZero():
		copy(out, v.from)
		return nil
	}
	return v.Vector.Read(out)
}

func (v *flawedVector) Add(w accel.Vector) error { return v.Vector.Add(operand(w)) }
func (v *flawedVector) Sub(w accel.Vector) error { return v.Vector.Sub(operand(w)) }

func (v *flawedVector) Mul(w accel.Vector) error {
	err := v.Vector.Mul(operand(w))
	if err == nil && v.spoils && w != v {
		err = w.Add(v)
	}
	return err
}

func operand(w accel.Vector) accel.Vector {
	if u, ok := w.(*flawedVector); ok {
		return u.Vector
	}
	return w
}

// Free forgets who frees, if it is to: from the second time on it clears what is there.
func (v *flawedVector) Free() {
	if v.frees == nil {
		return
	}
	v.frees.mu.Lock()
	defer v.frees.mu.Unlock()
	if v.from == nil {
		var zero fr.Element
		_ = v.frees.last.Scale(&zero)
	}
	v.from = nil
}

// mixing computes what it was asked last, whoever asks.
func mixing() func(accel.G1, int, []accel.Scalars) ([]curve.G1Affine, error) {
	var mu sync.Mutex
	var last accel.Scalars
	return func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
		if len(x) == 0 || x[0].Len() == 0 || from != 0 {
			return p.MSM(from, x...)
		}
		mu.Lock()
		last = x[len(x)-1]
		mu.Unlock()
		time.Sleep(time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		x[len(x)-1] = last
		return p.MSM(from, x...)
	}
}
