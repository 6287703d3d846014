// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/zkml-go/zkml/accel"
)

// points is points of a group, in the memory of the program and, if they are worth it and
// fit, on the device.
type points[P any] struct {
	d      *Device
	g      *group[P]
	host   []P
	inner  sums[P]      // nil if they are not on the device
	least  int          // the fewest scalars that are for the device
	window atomic.Int64 // how many points fit beside all else, if they are not on the device
	free   sync.Once
}

// keep makes points of a group.
func keep[P any](d *Device, g *group[P], host []P, least int) (*points[P], error) {
	p := &points[P]{d: d, g: g, host: host, least: max(least, 1)}
	if len(host) < p.least || d.why() != nil {
		return p, nil
	}
	inner, err := call(d, g.keepKind, len(host), func() (sums[P], error) { return g.keep(d.inner, host) })
	switch {
	case err == nil:
		p.inner = inner
	case errors.Is(err, accel.ErrMemory):
		p.window.Store(int64(len(host) / 2))
	default:
		return nil, err
	}
	return p, nil
}

func (p *points[P]) Len() int { return len(p.host) }

func (p *points[P]) Free() {
	p.free.Do(func() {
		if p.inner != nil {
			p.d.release(len(p.host), p.inner.Free)
		}
	})
}

// MSM implements accel.G1 and accel.G2.
func (p *points[P]) MSM(from int, scalars ...accel.Scalars) ([]P, error) {
	for _, x := range scalars {
		if n := x.Len(); from < 0 || from > len(p.host) || n > len(p.host)-from {
			return nil, fmt.Errorf("scalars for points [%d, %d) of %d", from, from+n, len(p.host))
		}
		if err := p.d.known(x); err != nil {
			return nil, err
		}
	}
	switch {
	case total(scalars) < p.least || p.d.why() != nil:
		return p.onHost(from, scalars)
	case p.inner != nil:
		return p.resident(from, scalars)
	case p.window.Load() > 0:
		return p.streamed(from, scalars)
	}
	return p.onHost(from, scalars)
}

// onHost computes sums on the CPU.
func (p *points[P]) onHost(from int, scalars []accel.Scalars) ([]P, error) {
	scalars, err := forHost(scalars)
	if err != nil {
		return nil, err
	}
	return onCPU(p.d, p.g.kind, total(scalars), func() ([]P, error) {
		held, err := p.g.keep(p.d.host, p.host)
		if err != nil {
			return nil, err
		}
		return held.MSM(from, scalars...)
	})
}
