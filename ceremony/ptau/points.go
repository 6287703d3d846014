// SPDX-License-Identifier: Apache-2.0

package ptau

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"sync"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/zkml-go/zkml/internal/parallel"
)

// chunkPoints is how many points are read at a time.
const chunkPoints = 1 << 13

var (
	errCanonical = errors.New("a coordinate is not reduced")
	errInfinity  = errors.New("is at infinity")
	errCurve     = errors.New("is not on the curve")
	errSubgroup  = errors.New("is not in the subgroup")
)

// g1 reads n points of a section in G1, after skip others.
func (f *File) g1(id uint32, skip, n int) ([]curve.G1Affine, error) {
	return points(f, id, skip, n, g1Bytes, func(p *curve.G1Affine, b []byte) error {
		if !element(&p.X, b) || !element(&p.Y, b[fpBytes:]) {
			return errCanonical
		}
		switch { // the curve has prime order
		case p.IsInfinity():
			return errInfinity
		case !p.IsOnCurve():
			return errCurve
		}
		return nil
	})
}

// g2 reads n points of a section in G2, after skip others.
func (f *File) g2(id uint32, skip, n int) ([]curve.G2Affine, error) {
	return points(f, id, skip, n, g2Bytes, func(p *curve.G2Affine, b []byte) error {
		for i, e := range []*fp.Element{&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1} {
			if !element(e, b[i*fpBytes:]) {
				return errCanonical
			}
		}
		switch {
		case p.IsInfinity():
			return errInfinity
		case !p.IsOnCurve():
			return errCurve
		case !p.IsInSubGroup():
			return errSubgroup
		}
		return nil
	})
}

// points reads n points of a section, after skip others, and checks each.
func points[P any](f *File, id uint32, skip, n, size int, decode func(*P, []byte) error) ([]P, error) {
	s := f.sections[id]
	if int64(skip+n) > s.size/int64(size) {
		return nil, fmt.Errorf("%d points, want %d", s.size/int64(size), skip+n)
	}
	s.at += int64(skip) * int64(size)
	out := make([]P, n)
	workers := parallel.Workers()
	buffers := make([][]byte, workers)
	var mu sync.Mutex
	first, failure := n, error(nil) // the first point that is wrong, whatever the order of reading
	fail := func(i int, err error) {
		mu.Lock()
		defer mu.Unlock()
		if i < first {
			first, failure = i, fmt.Errorf("point %d: %w", i, err)
		}
	}
	parallel.For((n+chunkPoints-1)/chunkPoints, workers, func(w, task int) {
		if buffers[w] == nil {
			buffers[w] = make([]byte, min(n, chunkPoints)*size)
		}
		from := task * chunkPoints
		count := min(n-from, chunkPoints)
		data := buffers[w][:count*size]
		if err := f.read(data, s.at+int64(from)*int64(size)); err != nil {
			fail(from, err)
			return
		}
		for i := range count {
			if err := decode(&out[from+i], data[i*size:(i+1)*size]); err != nil {
				fail(from+i, err)
				return
			}
		}
	})
	if failure != nil {
		return nil, failure
	}
	return out, nil
}

// modulus is that of the field of coordinates, least significant word first.
var modulus = func() (m [4]uint64) {
	var b [fpBytes]byte
	fp.Modulus().FillBytes(b[:])
	for i := range m {
		m[i] = binary.BigEndian.Uint64(b[fpBytes-8*(i+1):])
	}
	return m
}()

// element reads an element in Montgomery form, which is also how gnark-crypto has it in memory. It reports
// whether the element is reduced.
func element(e *fp.Element, b []byte) bool {
	var borrow uint64
	for i := range e {
		e[i] = binary.LittleEndian.Uint64(b[8*i:])
		_, borrow = bits.Sub64(e[i], modulus[i], borrow)
	}
	return borrow == 1
}
