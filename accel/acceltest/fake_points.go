// SPDX-License-Identifier: Apache-2.0

package acceltest

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
)

// sums is accel.G1 or accel.G2.
type sums[P any] interface {
	Len() int
	MSM(from int, scalars ...accel.Scalars) ([]P, error)
	Free()
}

// fakePoints is points on a Fake.
type fakePoints[P any] struct {
	f     *Fake
	kind  string
	inner sums[P]
	bytes int
	more  func(*P) // adds the generator
}

func (p *fakePoints[P]) Len() int { return p.inner.Len() }

func (p *fakePoints[P]) Free() { p.f.release(&p.bytes) }

func (p *fakePoints[P]) MSM(from int, scalars ...accel.Scalars) ([]P, error) {
	n := 0
	own := make([]accel.Scalars, len(scalars))
	for k, x := range scalars {
		n += x.Len()
		own[k] = x
		if v, ok := x.(*fakeVector); ok && v.f == p.f {
			own[k] = v.Vector
		}
	}
	c, err := p.f.call(p.kind, n, 0, bytesElement*n, scalars...)
	if err != nil {
		return nil, err
	}
	out, err := p.inner.MSM(from, own...)
	if err != nil || len(out) == 0 {
		return out, err
	}
	if p.f.chosen(p.f.Lies, c) {
		p.more(&out[len(out)-1])
	}
	if p.f.chosen(p.f.Garbage, c) {
		spoil(&out[0])
	}
	if p.f.chosen(p.f.Fewer, c) {
		out = out[1:]
	}
	return out, nil
}

func moreG1(p *curve.G1Affine) {
	_, _, g, _ := curve.Generators()
	p.Add(p, &g)
}

func moreG2(p *curve.G2Affine) {
	_, _, _, g := curve.Generators()
	p.Add(p, &g)
}

// spoil makes a point that is on no curve: (2, 0).
func spoil(p any) {
	switch p := p.(type) {
	case *curve.G1Affine:
		p.X.SetUint64(2)
		p.Y.SetZero()
	case *curve.G2Affine:
		p.X.SetOne()
		p.X.Double(&p.X)
		p.Y.SetZero()
	}
}
