// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"

	"github.com/zkml-go/zkml/accel"
)

// resident computes sums over points on the device. What has no memory for all does half
// of the lists, and of one list half of the points, until it is work for the CPU.
func (p *points[P]) resident(from int, scalars []accel.Scalars) ([]P, error) {
	own, err := forDevice(scalars)
	if err != nil {
		return nil, err
	}
	out, err := p.g.sum(p.d, p.inner, from, own)
	if !errors.Is(err, accel.ErrMemory) {
		return out, err
	}
	if n := len(scalars); n > 1 {
		a, err := p.resident(from, scalars[:n/2])
		if err != nil {
			return nil, err
		}
		b, err := p.resident(from, scalars[n/2:])
		return append(a, b...), err
	}
	if scalars, err = forHost(scalars); err != nil {
		return nil, err
	}
	n := total(scalars)
	if n/2 < p.least {
		return p.onHost(from, scalars)
	}
	a, err := p.resident(from, part(scalars, 0, n/2))
	if err != nil {
		return nil, err
	}
	b, err := p.resident(from+n/2, part(scalars, n/2, n))
	if err != nil {
		return nil, err
	}
	p.g.plus(a, b)
	return a, nil
}

// streamed computes sums over points that are brought to the device a window at a time. A
// window that does not fit is halved, for this call and those after it.
func (p *points[P]) streamed(from int, scalars []accel.Scalars) ([]P, error) {
	scalars, err := forHost(scalars)
	if err != nil {
		return nil, err
	}
	longest := 0
	for _, x := range scalars {
		longest = max(longest, x.Len())
	}
	out := make([]P, len(scalars))
	for at := 0; at < longest; {
		window := p.window.Load()
		size := min(int(window), longest-at)
		if size < p.least {
			rest, err := p.onHost(from+at, part(scalars, at, longest))
			if err != nil {
				return nil, err
			}
			p.g.plus(out, rest)
			break
		}
		some, err := p.lend(from+at, size, part(scalars, at, at+size))
		if errors.Is(err, accel.ErrMemory) {
			p.window.CompareAndSwap(window, int64(size/2)) // or another call has less already
			continue
		}
		if err != nil {
			return nil, err
		}
		p.g.plus(out, some)
		at += size
	}
	return out, nil
}

// lend computes sums over points that are on the device for no longer.
func (p *points[P]) lend(from, n int, scalars []accel.Scalars) ([]P, error) {
	held, err := call(p.d, p.g.keepKind, n, func() (sums[P], error) {
		return p.g.keep(p.d.inner, p.host[from:from+n])
	})
	if err != nil {
		return nil, err
	}
	defer p.d.release(n, held.Free)
	return p.g.sum(p.d, held, 0, scalars)
}
