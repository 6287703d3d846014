// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/polynomial"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel/cpu"
)

func random(t testing.TB, n int) []fr.Element {
	t.Helper()
	x := make(fr.Vector, n)
	if err := x.SetRandom(); err != nil {
		t.Fatal(err)
	}
	return x
}

// smallest is a key of n rows, without a circuit, for transforms.
func smallest(t testing.TB, n int) *place {
	t.Helper()
	k := &place{n: n, device: cpu.Device{}, vk: new(gnark.VerifyingKey), roots: make([]fr.Element, n)}
	w := *root(n)
	k.roots[0].SetOne()
	for i := range n - 1 {
		k.roots[i+1].Mul(&k.roots[i], &w)
	}
	table := make([]fr.Element, n)
	w = *root(4 * n)
	table[0].SetOne()
	for i := range n - 1 {
		table[i+1].Mul(&table[i], &w)
	}
	var err error
	if k.shift, err = k.device.Vector(table); err != nil {
		t.Fatal(err)
	}
	for i := range table {
		table[i].Inverse(&table[i])
	}
	if k.unshift, err = k.device.Vector(table); err != nil {
		t.Fatal(err)
	}
	k.vk.SizeInv.SetUint64(uint64(n))
	k.vk.SizeInv.Inverse(&k.vk.SizeInv)
	return k
}

// point returns ω₄ₙᵐ·ωⁱ.
func (k *place) point(m coset, i int) (x fr.Element) {
	x = k.roots[i]
	for range m {
		x.Mul(&x, root(4*k.n))
	}
	return x
}

// TestCosets evaluates polynomials with as many coefficients as blinded ones have, by Horner's
// rule and by transforms.
func TestCosets(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 4, 8, 64} {
		k := smallest(t, n)
		for _, more := range []int{2, 3} {
			f := random(t, n+more)
			kept := append(polynomial.Polynomial(nil), f...)
			for _, m := range cosets {
				o := k.ops()
				v := k.evaluateBlinded(o, f, m)
				got := make([]fr.Element, n)
				o.read(v, got)
				for i := range got {
					x := k.point(m, i)
					if want := kept.Eval(&x); !got[i].Equal(&want) {
						t.Errorf("n = %d, coset %d: value %d of %d coefficients is wrong", n, m, i, n+more)
					}
				}
				k.interpolate(o, v, m)
				k.evaluate(o, v, m)
				again := make([]fr.Element, n)
				o.read(v, again)
				if o.err != nil || again[1] != got[1] {
					t.Errorf("n = %d, coset %d: to coefficients and back: %v", n, m, o.err)
				}
				power := c0(k, m)
				if got := m.power(); got != power {
					t.Errorf("n = %d: Xⁿ is %v on coset %d, want %v", n, &got, m, &power)
				}
			}
			for i := range f {
				if !f[i].Equal(&kept[i]) {
					t.Fatalf("evaluating changes coefficient %d", i)
				}
			}
		}
	}
}

// c0 returns the n-th power of a point of a coset.
func c0(k *place, m coset) fr.Element {
	x, power := k.point(m, 1), fr.One()
	for range k.n {
		power.Mul(&power, &x)
	}
	return power
}

func TestLagrangeFirst(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 8, 1 << 13} {
		k := smallest(t, n)
		all := make(polynomial.Polynomial, n) // L₁ = (1 + X + … + Xⁿ⁻¹)/n
		for i := range all {
			all[i] = k.vk.SizeInv
		}
		for _, m := range cosets {
			got := k.lagrangeFirst(m)
			for _, i := range []int{0, 1, n - 1} {
				x := k.point(m, i)
				if want := all.Eval(&x); !got[i].Equal(&want) {
					t.Errorf("n = %d, coset %d: value %d is wrong", n, m, i)
				}
			}
		}
	}
}

// TestInterpolate finds polynomials of 3n + 6 coefficients from their values on the cosets
// and the last 6.
func TestInterpolate(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 4, 8, 1 << 13} {
		k := smallest(t, n)
		want := random(t, 3*n+blinded)
		got := append([]fr.Element(nil), want...)
		for i, m := range cosets {
			o := k.ops()
			v := k.evaluateBlinded(o, want, m)
			k.interpolate(o, v, m)
			o.read(v, got[i*n:(i+1)*n])
			if o.err != nil {
				t.Fatal(o.err)
			}
		}
		interpolate(got, n)
		for i := range want {
			if !got[i].Equal(&want[i]) {
				t.Fatalf("n = %d: coefficient %d is wrong", n, i)
			}
		}
	}
}

// TestHeads multiplies polynomials and their highest coefficients.
func TestHeads(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]int{{2, 1}, {5, 6}, {20, 9}} {
		f, g := random(t, c[0]+1), random(t, c[1]+1)
		product := make([]fr.Element, c[0]+c[1]+1)
		for i := range f {
			for j := range g {
				var x fr.Element
				product[i+j].Add(&product[i+j], x.Mul(&f[i], &g[j]))
			}
		}
		if got, want := times(highest(f, c[0]), highest(g, c[1])), highest(product, c[0]+c[1]); got != want {
			t.Errorf("degrees %v: %v, want %v", c, got, want)
		}
	}
}
