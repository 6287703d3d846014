// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"
	"math"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// points are the sums of a request, as bytes.
type points struct {
	n int
	b []byte
}

func asBytes[P curve.G1Affine | curve.G2Affine](p []P, err error) (points, error) {
	return points{len(p), bytesOf(p)}, err
}

// sum answers with the multi-exponentiations that do computes.
func (s *server) sum(h header, f *fields, do func(o any, from int, x []accel.Scalars) (points, error)) error {
	handle, from, at, n := f.u64(), f.u64(), f.u64(), f.u32()
	if n > maxSums || from > math.MaxInt32 {
		return fmt.Errorf("%w: %d sums from point %d", errProtocol, n, from)
	}
	what := make([]description, n)
	total := int64(0)
	for i := range what {
		what[i] = description{kind(f.u8()), f.u64()}
		bytes, err := what[i].bytes()
		if err != nil {
			return err
		}
		total += (bytes + 7) &^ 7
	}
	if !f.end() {
		return fmt.Errorf("%w: %d sums of another length", errProtocol, n)
	}
	data, err := s.data(h, at, total)
	if err != nil {
		return err
	}
	x := make([]accel.Scalars, n)
	for i, d := range what {
		bytes, _ := d.bytes()
		if x[i], err = d.scalars(s, data[:bytes]); err != nil {
			return err
		}
		data = data[(bytes+7)&^7:]
	}
	out, err := do(s.objects[handle].of, int(from), x)
	switch {
	case errors.Is(err, errProtocol):
		return err
	case err != nil:
		return s.refuse(h, err)
	case out.n != int(n):
		return s.refuse(h, fmt.Errorf("%w: %d sums for %d vectors of scalars", accel.ErrFault, out.n, n))
	}
	return s.answer(h, nil, out.b)
}

// A description says how scalars travel, and how many they are or where.
type description struct {
	kind kind
	n    uint64
}

// bytes returns how many bytes the scalars have in the request.
func (d description) bytes() (int64, error) {
	if d.kind >= kinds || d.kind != kindVector && d.n > maxCount {
		return 0, fmt.Errorf("%w: %d scalars of kind %d", errProtocol, d.n, d.kind)
	}
	if d.kind == kindVector {
		return 0, nil
	}
	return int64(d.n) * int64(kindBytes[d.kind]), nil
}

// scalars returns the scalars whose bytes are b.
func (d description) scalars(s *server, b []byte) (accel.Scalars, error) {
	switch d.kind {
	case kindElements:
		return accel.Elements(valuesOf[fr.Element](b)), nil
	case kindInt8:
		return accel.Ints[int8](valuesOf[int8](b)), nil
	case kindInt16:
		return accel.Ints[int16](valuesOf[int16](b)), nil
	case kindInt32:
		return accel.Ints[int32](valuesOf[int32](b)), nil
	case kindInt64:
		return accel.Ints[int64](valuesOf[int64](b)), nil
	}
	return get[accel.Vector](s, d.n)
}
