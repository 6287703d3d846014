// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"crypto/sha256"
	"math"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// The Committer opens polynomials as the proving key itself does.
func TestCommitter(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 50}, newPowers(3, 50))
	pk, vk := f.pk.Kzg, f.pk.Vk.Kzg
	points, err := cpu.Device{}.G1(pk.G1)
	if err != nil {
		t.Fatal(err)
	}
	c := Committer{points}
	a, b := random(t, len(pk.G1)), random(t, 40)
	at := random(t, 1)[0]
	digest, err := c.Commit(a)
	if err != nil {
		t.Fatal(err)
	}
	opening, err := kzg.OpenWithCommitter(a, at, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := kzg.Verify(&digest, &opening, at, vk); err != nil {
		t.Error(err)
	}
	second, err := c.Commit(b)
	if err != nil {
		t.Fatal(err)
	}
	digests := []kzg.Digest{digest, second}
	batch, err := kzg.BatchOpenSinglePointWithCommitter([][]fr.Element{a, b}, digests, at, sha256.New(), c)
	if err != nil {
		t.Fatal(err)
	}
	want, err := kzg.BatchOpenSinglePoint([][]fr.Element{a, b}, digests, at, sha256.New(), pk)
	if err != nil {
		t.Fatal(err)
	}
	if !batch.H.Equal(&want.H) {
		t.Error("a batch opening is not what the proving key makes")
	}
	if _, err := c.Commit(append(a, at)); err == nil {
		t.Error("a polynomial of more coefficients than there are powers")
	}
}

// TestCommitRows compares commitments to columns with those by all rows at once.
func TestCommitRows(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 50}, newPowers(3, 50))
	key := NewKey(f.gates, f.pk, Options{})
	err := key.use(cpu.Device{}, func(k *place) error {
		if k.rows >= k.n-2 {
			t.Errorf("%d of %d rows are used: there is no padding", k.rows, k.n)
		}
		mixed := random(t, k.n)
		small := make([]fr.Element, k.n)
		for i := range small {
			small[i].SetInt64(int64(100 - i*i))
			if i%3 != 0 {
				mixed[i] = small[i]
			}
		}
		columns := [][]fr.Element{mixed, small, make([]fr.Element, k.n), random(t, k.n)}
		for _, last := range random(t, 2) {
			for _, c := range columns {
				for i := k.rows; i < k.n; i++ {
					c[i] = last
				}
			}
			got, err := k.commitRows(&last, columns...)
			if err != nil {
				return err
			}
			for i, c := range columns {
				want, err := kzg.Commit(c, f.pk.KzgLagrange)
				if err != nil {
					return err
				}
				if !got[i].Equal(&want) {
					t.Errorf("column %d has another commitment", i)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSplit adds up what columns are split into.
func TestSplit(t *testing.T) {
	t.Parallel()
	large := random(t, 1)[0]
	for _, c := range []struct {
		name  string
		small []int64
		large int // so many elements that are not small
		width int // of the integers; 0 is none
	}{
		{"nothing", nil, 0, 0},
		{"zeros", []int64{0, 0, 0}, 0, 0},
		{"large", nil, 3, 0},
		{"signs", []int64{1, -1, 0, 1}, 0, 1},
		{"bytes", []int64{127, -128, 5}, 1, 1},
		{"one beyond bytes", []int64{127, -129, 5}, 0, 2},
		{"one beyond many bytes", ones(99, 128), 0, 1},
		{"words", []int64{math.MaxInt16, math.MinInt16}, 1, 2},
		{"more", []int64{math.MaxInt16 + 1, math.MinInt32}, 1, 4},
		{"most", []int64{math.MaxInt64, -math.MaxInt64, math.MaxUint32}, 1, 8},
	} {
		x := make([]fr.Element, len(c.small), len(c.small)+c.large)
		for i, v := range c.small {
			x[i].SetInt64(v)
		}
		for range c.large {
			x = append(x, large)
		}
		ints, rest := split(x)
		width := 0
		sum := make([]fr.Element, len(x))
		switch ints := ints.(type) {
		case nil:
		case accel.Ints[int8]:
			width = 1
			expand(sum, ints)
		case accel.Ints[int16]:
			width = 2
			expand(sum, ints)
		case accel.Ints[int32]:
			width = 4
			expand(sum, ints)
		case accel.Ints[int64]:
			width = 8
			expand(sum, ints)
		}
		if width != c.width {
			t.Errorf("%s: integers of %d bytes, want %d", c.name, width, c.width)
		}
		if (rest != nil) != (width == 0 || c.large > 0 || c.name == "one beyond many bytes") {
			t.Errorf("%s: the rest is %v", c.name, rest)
		}
		for i := range x {
			if rest != nil {
				sum[i].Add(&sum[i], &rest[i])
			}
			if !sum[i].Equal(&x[i]) {
				t.Errorf("%s: element %d is %v, want %v", c.name, i, &sum[i], &x[i])
			}
		}
	}
}

// ones are n times 1, and another integer.
func ones(n int, last int64) []int64 {
	out := make([]int64, n, n+1)
	for i := range out {
		out[i] = 1
	}
	return append(out, last)
}

func expand[I accel.Int](out []fr.Element, x accel.Ints[I]) {
	for i, v := range x {
		out[i].SetInt64(int64(v))
	}
}

// The boundaries of what is small.
func TestSmall(t *testing.T) {
	t.Parallel()
	var x fr.Element
	x.SetUint64(1 << 63)
	for range 2 { // and its negative, which int64 holds: it is not worth a case
		if v, width := small(&x); width != fieldBytes || v != 0 {
			t.Errorf("%v is %d of %d bytes", &x, v, width)
		}
		x.Neg(&x)
	}
	for _, want := range []int64{0, 1, -1, math.MaxInt64, -math.MaxInt64} {
		x.SetInt64(want)
		if got, width := small(&x); got != want || width == fieldBytes {
			t.Errorf("%d is %d of %d bytes", want, got, width)
		}
	}
}
