// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// ops operates on vectors of n elements of a device until one operation fails, and does
// nothing afterwards. It knows the vectors that it made.
type ops struct {
	device accel.Device
	roots  []fr.Element
	live   []accel.Vector
	spare  []accel.Vector // freed, to be written over
	err    error
}

func (k *place) ops() *ops { return &ops{device: k.device, roots: k.roots} }

// vector copies elements to the device.
func (o *ops) vector(x []fr.Element) accel.Vector {
	if o.err != nil {
		return nil
	}
	if last := len(o.spare) - 1; last >= 0 {
		if v, ok := o.spare[last].(accel.Writable); ok {
			o.err = v.Write(x)
			return o.reuse()
		}
	}
	v, err := o.device.Vector(x)
	if err != nil {
		o.err = err
		return nil
	}
	o.live = append(o.live, v)
	return v
}

// reuse returns a vector to write over, or nil if there is none.
func (o *ops) reuse() accel.Vector {
	last := len(o.spare) - 1
	if last < 0 {
		return nil
	}
	v := o.spare[last]
	o.spare = o.spare[:last]
	o.live = append(o.live, v)
	return v
}

// copy returns a vector that has the elements of another.
func (o *ops) copy(of accel.Vector) accel.Vector {
	v := o.reuse()
	if v == nil {
		v = o.vector(o.roots)
	}
	o.sub(v, v)
	o.add(v, of)
	return v
}

// read copies the elements of a vector to out.
func (o *ops) read(v accel.Vector, out []fr.Element) {
	if o.err == nil {
		o.err = v.Read(out)
	}
}

func (o *ops) add(v, w accel.Vector) {
	if o.err == nil {
		o.err = v.Add(w)
	}
}

func (o *ops) sub(v, w accel.Vector) {
	if o.err == nil {
		o.err = v.Sub(w)
	}
}

func (o *ops) mul(v, w accel.Vector) {
	if o.err == nil {
		o.err = v.Mul(w)
	}
}

func (o *ops) scale(v accel.Vector, x *fr.Element) {
	if o.err == nil {
		o.err = v.Scale(x)
	}
}

// addMul adds x·w to v, and frees x.
func (o *ops) addMul(v, x, w accel.Vector) {
	o.mul(x, w)
	o.add(v, x)
	o.free(x)
}

func (o *ops) ntt(v accel.Vector, f accel.Form) {
	if o.err == nil {
		o.err = v.NTT(f)
	}
}

func (o *ops) intt(v accel.Vector, f accel.Form) {
	if o.err == nil {
		o.err = v.INTT(f)
	}
}

// free is for vectors that are not needed any more.
func (o *ops) free(vs ...accel.Vector) {
	for _, v := range vs {
		i := slices.Index(o.live, v)
		if i < 0 {
			continue // made after an error
		}
		o.live = slices.Delete(o.live, i, i+1)
		if _, ok := v.(accel.Writable); ok || len(o.spare) < few {
			o.spare = append(o.spare, v)
		} else {
			v.Free()
		}
	}
}

// few is how many vectors copies need to write over.
const few = 2

// trim frees what is there to be written over, but for a few.
func (o *ops) trim() {
	for len(o.spare) > few {
		o.spare[len(o.spare)-1].Free()
		o.spare = o.spare[:len(o.spare)-1]
	}
}

// release frees all vectors.
func (o *ops) release() {
	for _, v := range append(o.live, o.spare...) {
		v.Free()
	}
	o.live, o.spare = nil, nil
}
