// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"context"
	"math"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/protocol/pcs"
)

// fixed is a challenger whose challenges do not depend on the proof.
type fixed struct{ c pcs.Challenges }

func (f fixed) Alpha(*pcs.Proof) fr.Element { return f.c.Alpha }
func (f fixed) Gamma(*pcs.Proof) fr.Element { return f.c.Gamma }
func (f fixed) Zeta(*pcs.Proof) fr.Element  { return f.c.Zeta }
func (f fixed) Beta(*pcs.Proof) fr.Element  { return f.c.Beta }
func (f fixed) Y(*pcs.Proof) fr.Element     { return f.c.Y }
func (f fixed) Delta(*pcs.Proof) fr.Element { return f.c.Delta }

// logarithms is a device that notes the discrete logarithms of its results to base [1]₁.
type logarithms struct {
	cpu.Device
	tau fr.Element
	out []fr.Element
}

func (l *logarithms) Len() int { return math.MaxInt }

func (l *logarithms) Free() {}

func (l *logarithms) MSM(_ int, f ...accel.Scalars) ([]curve.G1Affine, error) {
	for _, x := range f {
		l.out = append(l.out, eval(x.(accel.Elements), l.tau))
	}
	return make([]curve.G1Affine, len(f)), nil
}

// published returns all that an opening of a column tells, for given challenges: nine
// commitments, as logarithms, the value, and eight evaluations. It is linear in the column.
func published(t *testing.T, p pcs.Params, c Column, tau fr.Element, u []fr.Element, ch pcs.Challenges) []fr.Element {
	t.Helper()
	device := &logarithms{tau: tau}
	key := Key{make([]curve.G1Affine, p.Size()+1), device}
	verifier := func(pcs.Statement) challenger { return fixed{ch} }
	o, err := open(context.Background(), key, p, []Column{c}, u, fr.Element{}, fr.One(), verifier)
	if err != nil {
		t.Fatal(err)
	}
	q := &o.Proof
	var d fr.Element // D(ζ) = ζ^(b−1)·g(1/ζ)
	d.Inverse(&ch.Zeta)
	power := ch.Zeta
	for range p.Low() {
		power.Square(&power)
	}
	d.Mul(&d, &power).Mul(&d, &q.GInv)
	f, _ := combine(p, []Column{c}, fr.One())
	return append(device.out, eval(f, tau), o.Statement.V, q.HAlpha, q.G, q.GInv, q.H, q.HInv, q.S, q.SInv, d)
}

// rank returns the rank of the matrix with the given rows, which it overwrites.
func rank(rows [][]fr.Element) int {
	r := 0
	for col := 0; r < len(rows) && col < len(rows[0]); col++ {
		pivot := r
		for pivot < len(rows) && rows[pivot][col].IsZero() {
			pivot++
		}
		if pivot == len(rows) {
			continue
		}
		rows[r], rows[pivot] = rows[pivot], rows[r]
		var inverse, x fr.Element
		inverse.Inverse(&rows[r][col])
		for i := r + 1; i < len(rows); i++ {
			var factor fr.Element
			factor.Mul(&rows[i][col], &inverse)
			for j := col; j < len(rows[i]); j++ {
				rows[i][j].Sub(&rows[i][j], x.Mul(&rows[r][j], &factor))
			}
		}
		r++
	}
	return r
}

// images returns what the opening of each coefficient alone publishes, for random challenges.
func images(t *testing.T, p pcs.Params) [][]fr.Element {
	t.Helper()
	random := func() (x fr.Element) { return *x.MustSetRandom() }
	tau := random()
	u := make([]fr.Element, p.Vars)
	for i := range u {
		u[i] = random()
	}
	ch := pcs.Challenges{Alpha: random(), Gamma: random(), Zeta: random(), Beta: random(), Y: random(), Delta: random()}
	out := make([][]fr.Element, p.Size()+1)
	for i := range p.Size() {
		out[i] = published(t, p, Column{Extra: []Coefficient{{i, fr.One()}}}, tau, u, ch)
	}
	out[p.Size()] = published(t, p, Column{Blind: fr.One()}, tau, u, ch)
	if n := len(out[0]); n != 18 {
		t.Fatalf("%d values are published, want 18", n)
	}
	return out
}

// rankAt returns the rank of the given rows.
func rankAt(rows [][]fr.Element, indices []int) int {
	chosen := make([][]fr.Element, len(indices))
	for i, k := range indices {
		chosen[i] = slices.Clone(rows[k])
	}
	return rank(chosen)
}

// maskIndices returns the places of a mask's coefficients below N.
func maskIndices(t *testing.T, p pcs.Params) []int {
	t.Helper()
	m, err := Mask(p)
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, e := range m.Extra {
		out = append(out, e.Index)
	}
	return out
}

// What openings publish is a linear image of f, of rank 12. The random coefficients of a mask
// reach all of it, so that what is published is uniform whatever the other columns are. As
// many coefficients at other places do not.
func TestMaskHides(t *testing.T) {
	t.Parallel()
	p := pcs.Params{Vars: 8} // b = B = 16
	rows := images(t, p)
	mask := maskIndices(t, p)
	var every, start, square []int
	for i := range rows {
		every = append(every, i)
	}
	for i := range mask {
		start = append(start, i)
		square = append(square, i/4*p.Cols()+i%4)
	}
	for _, c := range []struct {
		what    string
		indices []int
		want    int
	}{
		{"all coefficients", every, 12},
		{"the mask's", mask, 12},
		{"the first 16", start, 7},
		{"a 4 × 4 block", square, 8},
		{"11 of the mask's", mask[:11], 11},
	} {
		if got := rankAt(rows, c.indices); got != c.want {
			t.Errorf("%s: rank %d, want %d", c.what, got, c.want)
		}
	}
}

// Masks of other sizes reach all that is published, with their blinding.
func TestMaskHidesAtAllSizes(t *testing.T) {
	t.Parallel()
	for vars := 1; vars <= 9; vars++ {
		p := pcs.Params{Vars: vars}
		rows := images(t, p)
		every := make([]int, len(rows))
		for i := range every {
			every[i] = i
		}
		want := rankAt(rows, every)
		if got := rankAt(rows, append(maskIndices(t, p), p.Size())); got != want {
			t.Errorf("%d variables: rank %d, want %d", vars, got, want)
		}
	}
}

// The transform computes the definition.
func TestInnerProducts(t *testing.T) {
	t.Parallel()
	random := func(n int) []fr.Element {
		v := make([]fr.Element, n)
		for i := range v {
			v[i].MustSetRandom()
		}
		return v
	}
	for vars := 1; vars <= 9; vars++ {
		p := pcs.Params{Vars: vars}
		g, e1, h, e2 := random(p.Cols()), random(p.Cols()), random(p.Rows()+1), random(p.Rows())
		gamma := random(1)[0]
		want := make([]fr.Element, p.Rows())
		sum := func(a, b []fr.Element, w fr.Element) {
			for i := range a {
				for j := range b {
					if k := max(i-j, j-i); k > 0 {
						var x fr.Element
						x.Mul(&a[i], &b[j]).Mul(&x, &w)
						want[k-1].Add(&want[k-1], &x)
					}
				}
			}
		}
		sum(g, e1, fr.One())
		sum(h, e2, gamma)
		got := innerProducts(g, e1, h, e2, gamma)
		if len(got) != len(want) {
			t.Fatalf("%d variables: %d coefficients, want %d", vars, len(got), len(want))
		}
		for k := range want {
			if !got[k].Equal(&want[k]) {
				t.Errorf("%d variables: coefficient %d differs", vars, k)
			}
		}
	}
}
