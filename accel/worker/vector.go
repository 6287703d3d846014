// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

type vector struct{ *handle }

// do asks for an operation on the vector.
func (v *vector) do(op op, body ...byte) error {
	if v.freed.Load() {
		return errFreed
	}
	_, _, err := v.ask(op, append(appendU64(nil, v.id), body...), nil, nil)
	return err
}

func (v *vector) NTT(f accel.Form) error { return v.do(opNTT, byteOf(f)) }

func (v *vector) INTT(f accel.Form) error { return v.do(opINTT, byteOf(f)) }

func byteOf(f accel.Form) (b byte) {
	if f.Coset {
		b |= 1
	}
	if f.Shuffled {
		b |= 2
	}
	return b
}

func (v *vector) Add(w accel.Vector) error { return v.with(opAdd, w) }

func (v *vector) Sub(w accel.Vector) error { return v.with(opSub, w) }

func (v *vector) Mul(w accel.Vector) error { return v.with(opMul, w) }

// with asks for an operation of two vectors.
func (v *vector) with(op op, w accel.Vector) error {
	u, ok := w.(*vector)
	switch {
	case !ok || u.client != v.client:
		return fmt.Errorf("a vector of another device: %T", w)
	case u.freed.Load():
		return errFreed
	case u.n != v.n:
		return fmt.Errorf("vectors of %d and %d elements", v.n, u.n)
	}
	return v.do(op, appendU64(nil, u.id)...)
}

func (v *vector) Scale(x *fr.Element) error { return v.do(opScale, bytesOf([]fr.Element{*x})...) }

// Read implements accel.Vector.
func (v *vector) Read(out []fr.Element) error {
	if v.freed.Load() {
		return errFreed
	}
	if len(out) != v.n {
		return fmt.Errorf("read of %d elements, the vector has %d", len(out), v.n)
	}
	if err := v.fetch(bytesOf(out)); err != nil {
		return err
	}
	for i := range out {
		if !reduced(out[i], &scalarField) {
			v.fail(errors.New("an element is not reduced"))
			<-v.ended
			return v.dead
		}
	}
	return nil
}

func (v *vector) fetch(out []byte) error {
	if v.shared == nil || len(out) <= small {
		_, _, err := v.ask(opRead, appendU64(nil, v.id, inline), nil, out)
		return err
	}
	x, err := v.shared.get(len(out))
	if err != nil {
		return v.gone(err)
	}
	defer v.shared.put(x)
	if _, _, err := v.ask(opRead, appendU64(nil, v.id, uint64(x.from)), nil, nil); err != nil {
		return err
	}
	return v.gone(v.shared.with(x, len(out), func(from []byte) { copy(out, from) }))
}
