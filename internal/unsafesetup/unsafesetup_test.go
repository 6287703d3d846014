// SPDX-License-Identifier: Apache-2.0

package unsafesetup_test

import (
	"testing"

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
