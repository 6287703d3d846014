// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/zkml-go/zkml/internal/parallel"
)

// A group is what the library needs to know of G1 or G2.
type group struct {
	affine, projective uint64 // bytes of a point
	name               string // of the function
	msm                func(scalars, points uintptr, n int32, c *msmConfig, out unsafe.Pointer) status
}

func (l *library) g1() *group { return &group{2 * 32, 3 * 32, "bn254_msm", l.msm} }

func (l *library) g2() *group { return &group{4 * 32, 6 * 32, "bn254_g2_msm", l.msmG2} }

// bases is points on a device, in standard form: MSM of open-icicle's CPU takes no other,
// whatever its configuration says, and does not say so.
type bases struct {
	d     *Device
	group *group
	n     int
	at    uintptr // 0: none or freed. Only the thread touches it.
}

var errPointsFreed = errors.New("icicle: the points are freed")

// uploadPoints is how many points are in standard form at a time in the program's memory.
const uploadPoints = 1 << 16

// upload copies points to the device, in standard form.
func upload[P, S any](d *Device, g *group, points []P, standard func(*S, *P)) (bases, error) {
	b := bases{d: d, group: g, n: len(points)}
	if b.n > math.MaxInt32 {
		return b, fmt.Errorf("icicle: %d points, at most %d are possible", b.n, math.MaxInt32)
	}
	if b.n == 0 {
		return b, nil
	}
	size := unsafe.Sizeof(*new(S))
	return b, d.thread.do(func() (err error) {
		if b.at, err = d.memory.allocate(uint64(size) * uint64(b.n)); err != nil {
			return err
		}
		buffer := make([]S, min(b.n, uploadPoints))
		for i := 0; i < b.n && err == nil; i += len(buffer) {
			part := buffer[:min(len(buffer), b.n-i)]
			convert(part, points[i:], standard)
			err = store(&d.memory, b.at+uintptr(i)*size, part)
		}
		if err != nil {
			return errors.Join(err, d.memory.release(b.at))
		}
		return nil
	})
}

func convert[P, S any](to []S, from []P, standard func(*S, *P)) {
	const step = 1 << 10
	parallel.For((len(to)+step-1)/step, parallel.Workers(), func(_, k int) {
		for i := k * step; i < min((k+1)*step, len(to)); i++ {
			standard(&to[i], &from[i])
		}
	})
}

func (b *bases) Len() int { return b.n }

// Free gives the memory back.
func (b *bases) Free() {
	_ = b.d.thread.do(func() error { // as in vector.Free
		at := b.at
		b.at = 0
		return b.d.memory.release(at)
	})
}
