// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// TestMemory asks for more than there is. The library is not asked: the device counts.
func TestMemory(t *testing.T) {
	d, c := open(t, Options{})
	c.setMemory(1 << 18)
	before := c.calls("icicle_malloc")
	if _, err := d.Vector(make([]fr.Element, 1<<14)); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("512 KiB of 256: %v", err)
	}
	if _, err := d.G1(pointsG1(source(1), 1<<13)); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("512 KiB of 256: %v", err)
	}
	if c.calls("icicle_malloc") != before {
		t.Error("the library was asked for memory that it has not")
	}
	p, err := d.G1(pointsG1(source(1), 1<<10))
	if err != nil {
		t.Fatal(err)
	}
	before = c.calls("bn254_msm")
	if _, err := p.MSM(0, accel.Elements(elements(source(2), 1<<10))); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("a sum without memory: %v", err)
	}
	if c.calls("bn254_msm") != before {
		t.Error("the library was asked for a sum that it has no memory for")
	}
}

// TestLittleMemory has less than a sum takes in one piece: it is cut, and right.
func TestLittleMemory(t *testing.T) {
	d, c := open(t, Options{})
	points, x := pointsG1(source(3), 1<<12), elements(source(4), 1<<12)
	p, err := d.G1(points)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.Vector(x)
	if err != nil {
		t.Fatal(err)
	}
	scalars := []accel.Scalars{accel.Elements(x), ints[int16](source(5), 1<<12), accel.Elements(x[:3000]), v}
	whole := shape{n: 1 << 12, batch: 2, bits: fr.Bits}
	small := shape{n: 1 << 10, batch: 1, bits: fr.Bits}
	for _, s := range []shape{whole, small} {
		m := s.workspace(d.lib.g1())
		free := uint64(float64(2*(m.scalars+m.points+m.indices)+m.buckets)/0.7) + m.scalars
		c.setMemory(c.held() + free)
		before := c.calls("bn254_msm")
		got, err := p.MSM(0, scalars...)
		if err != nil {
			t.Fatal(err, c.why())
		}
		calls := c.calls("bn254_msm") - before
		if s == whole && calls != 3 || s == small && calls < 12 {
			t.Errorf("%d calls with memory for %+v", calls, s)
		}
		r, _ := cpu.Device{}.G1(points)
		want, err := r.MSM(0, append(scalars[:3:3], accel.Elements(x))...)
		same(t, "sums with little memory", got, want, err)
	}
	// The memory that a sum left for the next one goes to who needs it.
	c.setMemory(0)
	if _, err := p.MSM(0, accel.Elements(x)); err != nil {
		t.Fatal(err)
	}
	c.setMemory(c.held() + 100)
	if w, err := d.Vector(x[:4]); err != nil {
		t.Errorf("128 bytes of 100 and what was kept: %v", err)
	} else {
		w.Free()
	}
}

// TestFree frees twice, and after the device.
func TestFree(t *testing.T) {
	d, c := open(t, Options{})
	p, err := d.G1(pointsG1(source(1), 8))
	if err != nil {
		t.Fatal(err)
	}
	q, err := d.G2(pointsG2(source(1), 8))
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.Vector(elements(source(1), 8))
	if err != nil {
		t.Fatal(err)
	}
	w, err := d.Vector(elements(source(1), 8))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.held(), uint64(8*(64+128+32+32)); got != want {
		t.Errorf("%d bytes are held, want %d", got, want)
	}
	for range 2 {
		p.Free()
		q.Free()
		v.Free()
	}
	if got := c.held(); got != 8*32 {
		t.Errorf("%d bytes are held after all but 256 are freed", got)
	}
	x := make([]fr.Element, 8)
	for name, err := range map[string]error{
		"Read": v.Read(x), "NTT": v.NTT(accel.Form{}), "Add": v.Add(w), "Add of it": w.Add(v), "Scale": v.Scale(&x[0]),
		"G1":     second(p.MSM(0, accel.Elements(x[:1]))),
		"G2":     second(q.MSM(0, accel.Elements(x[:1]))),
		"vector": second(p.MSM(0, v)),
	} {
		if err == nil || errors.Is(err, accel.ErrFault) || errors.Is(err, accel.ErrMemory) {
			t.Errorf("%s of what is freed: %v", name, err)
		}
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
	w.Free()
	if err := w.Add(w); !errors.Is(err, errClosed) {
		t.Errorf("a sum on a closed device: %v", err)
	}
	if _, err := d.Vector(x); !errors.Is(err, errClosed) {
		t.Errorf("a vector on a closed device: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }
