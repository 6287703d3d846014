// SPDX-License-Identifier: Apache-2.0

package unsafesetup_test

import (
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/internal/unsafesetup"
)

// The Lagrange basis is that of gnark-crypto, which derives it from the powers without knowing τ.
func TestLagrangeBasis(t *testing.T) {
	t.Parallel()
	canonical, lagrange, err := unsafesetup.SRS(16)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(canonical.Pk.G1); got != 16+3 {
		t.Fatalf("%d powers, want 19", got)
	}
	want, err := kzg.ToLagrangeG1(canonical.Pk.G1[:16])
	if err != nil {
		t.Fatal(err)
	}
	if len(lagrange.Pk.G1) != len(want) {
		t.Fatalf("%d points, want %d", len(lagrange.Pk.G1), len(want))
	}
	for i := range want {
		if !lagrange.Pk.G1[i].Equal(&want[i]) {
			t.Errorf("point %d differs", i)
		}
	}
}

func TestSRSRefusesOtherSizes(t *testing.T) {
	t.Parallel()
	for _, size := range []uint64{0, 1, 3, 12} {
		if _, _, err := unsafesetup.SRS(size); err == nil {
			t.Errorf("size %d accepted", size)
		}
	}
}

// Two calls must not share a secret.
func TestSRSIsRandom(t *testing.T) {
	t.Parallel()
	a, _, err := unsafesetup.SRS(2)
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := unsafesetup.SRS(2)
	if err != nil {
		t.Fatal(err)
	}
	if a.Vk.G2[1].Equal(&b.Vk.G2[1]) {
		t.Error("two SRS have the same secret")
	}
}

// Powers are consecutive: e(Pᵢ, [τ]₂) = e(Pᵢ₊₁, [1]₂).
func TestPowers(t *testing.T) {
	t.Parallel()
	srs, err := unsafesetup.Powers(5)
	if err != nil {
		t.Fatal(err)
	}
	if len(srs.Pk.G1) != 5 || !srs.Pk.G1[0].Equal(&srs.Vk.G1) {
		t.Fatalf("%d powers, want 5 from the generator", len(srs.Pk.G1))
	}
	for i := range srs.Pk.G1[1:] {
		var next curve.G1Affine
		next.Neg(&srs.Pk.G1[i+1])
		ok, err := curve.PairingCheck([]curve.G1Affine{next, srs.Pk.G1[i]}, srs.Vk.G2[:])
		if err != nil || !ok {
			t.Errorf("power %d does not follow: %v", i+1, err)
		}
	}
	if _, err := unsafesetup.Powers(1); err == nil {
		t.Error("one power accepted")
	}
}
