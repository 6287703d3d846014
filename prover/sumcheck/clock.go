// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"slices"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
)

// A clock takes the times of a proof.
type clock struct {
	phases []Phase
	last   time.Time
	device time.Duration // since last
	parts  []Phase       // since last
	part   time.Time     // when the last of them ended, or last
}

func newClock() *clock {
	now := time.Now()
	return &clock{last: now, part: now}
}

// phase ends a phase.
func (c *clock) phase(name string) {
	now := time.Now()
	c.phases = append(c.phases, Phase{name, now.Sub(c.last), c.device, c.parts})
	c.last, c.device, c.parts, c.part = now, 0, nil, now
}

// partOf ends a part of the phase, which may have come before: then it goes on.
func (c *clock) partOf(name string) {
	now := time.Now()
	i := slices.IndexFunc(c.parts, func(p Phase) bool { return p.Name == name })
	if i < 0 {
		i = len(c.parts)
		c.parts = append(c.parts, Phase{Name: name})
	}
	c.parts[i].Time += now.Sub(c.part)
	c.part = now
}

// again begins an attempt: what came of one before it, after the witness, is one phase.
func (c *clock) again(attempts int) {
	if attempts == 0 {
		return
	}
	c.parts = nil
	c.phase("abandoned")
	sum := &c.phases[len(c.phases)-1]
	for _, p := range c.phases[1 : len(c.phases)-1] {
		sum.Time += p.Time
		sum.Device += p.Device
	}
	c.phases = append(c.phases[:1], *sum)
}

// track adds the time since start to that of the device.
func (c *clock) track(start time.Time) { c.device += time.Since(start) }

// clocked is points whose sums a clock tracks.
type clocked struct {
	accel.G1
	clock *clock
}

func (p clocked) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	defer p.clock.track(time.Now())
	return p.G1.MSM(from, scalars...)
}
