// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"encoding/binary"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
)

// batchBytes is how many bytes of scalars a request has at most, if it has more than one
// multi-exponentiation.
const batchBytes = 256 << 20

type g1 struct{ *handle }

func (p *g1) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	return sums(p.handle, opSumG1, from, scalars, validG1)
}

type g2 struct{ *handle }

func (p *g2) MSM(from int, scalars ...accel.Scalars) ([]curve.G2Affine, error) {
	return sums(p.handle, opSumG2, from, scalars, validG2)
}

// sums asks for multi-exponentiations over points, in as many requests as it takes.
func sums[P raw](h *handle, op op, from int, scalars []accel.Scalars, valid func(*P) bool) ([]P, error) {
	if h.freed.Load() {
		return nil, errFreed
	}
	out := make([]P, len(scalars))
	for done := 0; done < len(scalars); {
		var b batch
		for _, x := range scalars[done:] {
			if from < 0 || from > h.n || x.Len() > h.n-from {
				return nil, fmt.Errorf("scalars for points [%d, %d) of %d", from, from+x.Len(), h.n)
			}
			if !b.fits(x) {
				break
			}
			if err := b.add(h.client, x); err != nil {
				return nil, err
			}
		}
		to := out[done : done+b.n]
		if err := b.ask(h, op, from, bytesOf(to)); err != nil {
			return nil, err
		}
		for i := range to {
			if !valid(&to[i]) {
				h.fail(errors.New("a sum is no point of the curve"))
				<-h.ended
				return nil, h.dead
			}
		}
		done += b.n
	}
	return out, nil
}

// A batch is the scalars of a request.
type batch struct {
	n, bytes int
	what     []byte // a kind and a number for each: how many they are, or a handle
	data     [][]byte
}

// A kind is how scalars travel.
type kind uint8

const (
	kindElements kind = iota
	kindInt8
	kindInt16
	kindInt32
	kindInt64
	kindVector // they are there
	kinds
)

// kindBytes are the sizes of a scalar in a request.
var kindBytes = [kinds]int{elementSize, 1, 2, 4, 8, 0}

// fits reports whether the batch has room for x. There is room for the first.
func (b *batch) fits(x accel.Scalars) bool {
	_, bytes, _ := describe(x)
	return b.n == 0 || b.n < maxSums && b.bytes+len(bytes) <= batchBytes
}

// add adds x to the batch.
func (b *batch) add(c *client, x accel.Scalars) error {
	kind, bytes, n := describe(x)
	switch v := x.(type) {
	case *vector:
		if v.client != c {
			return errors.New("scalars of another device")
		}
		if v.freed.Load() {
			return errFreed
		}
	default:
		if kind == kinds {
			return fmt.Errorf("scalars of type %T", x)
		}
	}
	b.n++
	b.bytes += len(bytes)
	b.what = appendU64(append(b.what, byte(kind)), n)
	b.data = append(b.data, bytes)
	return nil
}

// describe returns how scalars travel, or kinds if they cannot.
func describe(x accel.Scalars) (k kind, bytes []byte, n uint64) {
	n = uint64(x.Len())
	switch x := x.(type) {
	case accel.Elements:
		return kindElements, bytesOf(x), n
	case accel.Ints[int8]:
		return kindInt8, bytesOf(x), n
	case accel.Ints[int16]:
		return kindInt16, bytesOf(x), n
	case accel.Ints[int32]:
		return kindInt32, bytesOf(x), n
	case accel.Ints[int64]:
		return kindInt64, bytesOf(x), n
	case *vector:
		return kindVector, nil, x.id
	}
	return kinds, nil, n
}

// ask sends the batch; the sums fill into.
func (b *batch) ask(h *handle, op op, from int, into []byte) error {
	s, err := h.stage(b.data...)
	if err != nil {
		return err
	}
	defer s.put()
	body := appendU64(nil, h.id, uint64(from), s.at)
	body = binary.LittleEndian.AppendUint32(body, uint32(b.n))
	_, _, err = h.client.ask(op, append(body, b.what...), s.bulk, into)
	return err
}
