// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// TestMisuse asks for what makes no sense. The library never hears of it.
func TestMisuse(t *testing.T) {
	d, c := open(t, Options{})
	other, _ := open(t, Options{ID: 1})
	x := elements(source(1), 12)
	v, err := d.Vector(x)
	if err != nil {
		t.Fatal(err)
	}
	short, err := d.Vector(x[:4])
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.Vector(x)
	if err != nil {
		t.Fatal(err)
	}
	onCPU, _ := cpu.Device{}.Vector(x)
	p, err := d.G1(pointsG1(source(1), 12))
	if err != nil {
		t.Fatal(err)
	}
	var before int32
	for _, f := range functions {
		before += c.calls(f)
	}
	for name, err := range map[string]error{
		"Read too little":   v.Read(x[:11]),
		"NTT of 12":         v.NTT(accel.Form{}),
		"INTT of 12":        v.INTT(accel.Form{Coset: true}),
		"Add of 4":          v.Add(short),
		"Mul on another":    v.Mul(foreign),
		"Sub on the CPU":    v.Sub(onCPU),
		"sum of more":       second(p.MSM(1, accel.Elements(x))),
		"sum from -1":       second(p.MSM(-1, accel.Elements(x[:1]))),
		"sum from the end":  second(p.MSM(math.MaxInt, accel.Elements(x))),
		"foreign scalars":   second(p.MSM(0, foreign)),
		"scalars of no use": second(p.MSM(0, onCPU)),
	} {
		if err == nil || errors.Is(err, accel.ErrFault) || errors.Is(err, accel.ErrMemory) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var after int32
	for _, f := range functions {
		after += c.calls(f)
	}
	if after != before {
		t.Errorf("the library was called %d times", after-before)
	}
}

// TestEmpty works on nothing.
func TestEmpty(t *testing.T) {
	d, _ := open(t, Options{})
	p, err := d.G1(nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.Vector(nil)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := p.MSM(0, accel.Elements(nil), v, accel.Ints[int8](nil))
	if err != nil || len(sums) != 3 || !sums[0].IsInfinity() || !sums[1].IsInfinity() || !sums[2].IsInfinity() {
		t.Errorf("sums of nothing: %v, %v", sums, err)
	}
	if err := errors.Join(v.Add(v), v.Mul(v), v.Read(nil), v.Scale(new(fr.Element))); err != nil {
		t.Error(err)
	}
	p.Free()
	v.Free()
}

// TestDomain asks for transforms beyond the roots of the device.
func TestDomain(t *testing.T) {
	d, c := open(t, Options{Transform: 5})
	forget(d, c)
	defer forget(d, c)
	v, err := d.Vector(elements(source(1), 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.NTT(accel.Form{Coset: true}); err != nil {
		t.Fatal(err, c.why())
	}
	if c.domain() != 6 {
		t.Errorf("a domain of 2^%d, want room for the coset of 2^5", c.domain())
	}
	w, err := d.Vector(elements(source(1), 64))
	if err != nil {
		t.Fatal(err)
	}
	before := c.calls("bn254_ntt")
	if err := w.NTT(accel.Form{}); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("64 elements where 32 are possible: %v", err)
	}
	if c.calls("bn254_ntt") != before || c.calls("bn254_ntt_init_domain") == 0 {
		t.Error("the library was asked for a transform beyond its domain")
	}
	forget(d, c)
	c.setMemory(c.held() + 8*32<<4)
	if err := v.NTT(accel.Form{}); !errors.Is(err, accel.ErrMemory) || c.domain() != 4 {
		t.Errorf("a domain of 2^%d where an eighth of the memory is 2^4: %v", c.domain(), err)
	}
	forget(d, c)
	c.setMemory(0)
	c.fail("bn254_ntt_init_domain", 4, 0)
	if err := v.NTT(accel.Form{}); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("no domain: %v", err)
	}
	c.fail("", 0, 0)
	if err := v.NTT(accel.Form{}); err != nil {
		t.Errorf("the domain is not made after a failure: %v", err)
	}
}

func forget(d *Device, c *controls) {
	d.lib.mu.Lock()
	clear(d.lib.domains)
	d.lib.mu.Unlock()
	c.forgetDomain()
}

// TestConcurrent asks two devices from many threads: the stub refuses calls that overlap
// or come from a thread that has no device.
func TestConcurrent(t *testing.T) {
	d, c := open(t, Options{})
	other, _ := open(t, Options{ID: 1})
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			if err := everything([]*Device{d, other}[k%2]); err != nil {
				t.Errorf("%v: %s", err, c.why())
			}
		})
	}
	wg.Wait()
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{ID: -1}, {ID: 1 << 20}, {Type: strings.Repeat("x", 64)}, {Transform: 28}, {Transform: -1}, {Chunk: 1}, {Chunk: 1 << 30},
	} {
		if _, err := o.complete(); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	if o, err := (Options{}).complete(); err != nil || o.Type != "CUDA" || o.Transform != 24 || o.Chunk != 1<<20 {
		t.Errorf("got %+v, %v", o, err)
	}
}
