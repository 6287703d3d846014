// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// next answers one request.
func (s *server) next() error {
	h, f, err := s.request()
	if err != nil {
		return err
	}
	switch h.op {
	case opG1:
		return create(s, h, f, func(x []curve.G1Affine) (interface{ Free() }, error) { return s.device.G1(x) })
	case opG2:
		return create(s, h, f, func(x []curve.G2Affine) (interface{ Free() }, error) { return s.device.G2(x) })
	case opVector:
		return create(s, h, f, func(x []fr.Element) (interface{ Free() }, error) { return s.device.Vector(x) })
	case opSumG1:
		return s.sum(h, f, func(o any, from int, x []accel.Scalars) (points, error) {
			if p, ok := o.(accel.G1); ok {
				return asBytes(p.MSM(from, x...))
			}
			return points{}, errKind
		})
	case opSumG2:
		return s.sum(h, f, func(o any, from int, x []accel.Scalars) (points, error) {
			if p, ok := o.(accel.G2); ok {
				return asBytes(p.MSM(from, x...))
			}
			return points{}, errKind
		})
	case opRead:
		return s.read(h, f)
	case opNTT, opINTT, opAdd, opSub, opMul, opScale:
		return s.operate(h, f)
	case opFree:
		return s.free(h, f)
	case opClose:
		return s.end(h, f)
	}
	return fmt.Errorf("%w: op %d", errProtocol, h.op)
}

var errKind = fmt.Errorf("%w: an object of another kind", errProtocol)

// create makes an object of the device, whose handle is the tag of the request.
func create[T raw](s *server, h header, f *fields, make func([]T) (interface{ Free() }, error)) error {
	n, at := f.u64(), f.u64()
	if !f.end() || n > maxCount {
		return fmt.Errorf("%w: an object of %d elements", errProtocol, n)
	}
	if len(s.objects) >= s.limits.Objects {
		return fmt.Errorf("%w: more than %d objects", errProtocol, len(s.objects))
	}
	size := int64(n) * int64(sizeOf[T]())
	data, err := s.data(h, at, size)
	if err != nil {
		return err
	}
	o, err := make(valuesOf[T](data))
	if err != nil {
		return s.refuse(h, err)
	}
	s.objects[h.tag] = object{o, size}
	s.bytes += size
	return s.answer(h, nil, nil)
}

// get returns the object of a handle, which is a T.
func get[T any](s *server, handle uint64) (T, error) {
	t, ok := s.objects[handle].of.(T)
	if !ok {
		return t, fmt.Errorf("%w: handle %d is no %T", errProtocol, handle, &t)
	}
	return t, nil
}

func (s *server) free(h header, f *fields) error {
	handle := f.u64()
	o, ok := s.objects[handle]
	if !f.end() || h.bulk != 0 || !ok {
		return fmt.Errorf("%w: free %d", errProtocol, handle)
	}
	delete(s.objects, handle)
	s.bytes -= o.bytes
	o.of.Free()
	return s.answer(h, nil, nil)
}

func (s *server) end(h header, f *fields) error {
	if !f.end() || h.bulk != 0 {
		return fmt.Errorf("%w: an end of another length", errProtocol)
	}
	for _, o := range s.objects {
		o.of.Free()
	}
	s.objects = nil
	err := s.device.Close()
	s.device, s.closed = nil, true
	if err != nil {
		return s.refuse(h, err)
	}
	return s.answer(h, nil, nil)
}

// operate runs what needs no data but the vector's.
func (s *server) operate(h header, f *fields) error {
	v, err := get[accel.Vector](s, f.u64())
	if err != nil {
		return err
	}
	var do func() error
	switch h.op {
	case opNTT, opINTT:
		b := f.u8()
		f.bad = f.bad || b > 3
		form := accel.Form{Coset: b&1 != 0, Shuffled: b&2 != 0}
		if do = func() error { return v.NTT(form) }; h.op == opINTT {
			do = func() error { return v.INTT(form) }
		}
	case opScale:
		var x [1]fr.Element
		copy(bytesOf(x[:]), f.take(elementSize))
		do = func() error { return v.Scale(&x[0]) }
	default:
		w, err := get[accel.Vector](s, f.u64())
		if err != nil {
			return err
		}
		do = map[op]func() error{
			opAdd: func() error { return v.Add(w) },
			opSub: func() error { return v.Sub(w) },
			opMul: func() error { return v.Mul(w) },
		}[h.op]
	}
	if !f.end() || h.bulk != 0 {
		return fmt.Errorf("%w: an operation of another length", errProtocol)
	}
	if err := do(); err != nil {
		return s.refuse(h, err)
	}
	return s.answer(h, nil, nil)
}

// read sends a vector.
func (s *server) read(h header, f *fields) error {
	handle, at := f.u64(), f.u64()
	v, err := get[accel.Vector](s, handle)
	if err != nil {
		return err
	}
	if !f.end() || h.bulk != 0 {
		return fmt.Errorf("%w: a read of another length", errProtocol)
	}
	n := v.Len() * elementSize
	if at == inline {
		b := newBytes(n) // as much as the vector has
		if err := v.Read(valuesOf[fr.Element](b)); err != nil {
			return s.refuse(h, err)
		}
		return s.answer(h, nil, b)
	}
	if s.shared == nil {
		return fmt.Errorf("%w: no memory is shared", errProtocol)
	}
	b, err := s.shared.Span(at, n)
	if err != nil {
		return err
	}
	if err := v.Read(valuesOf[fr.Element](b)); err != nil {
		return s.refuse(h, err)
	}
	return s.answer(h, nil, nil)
}
