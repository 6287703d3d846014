// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"strings"
	"testing"

	"github.com/zkml-go/zkml/internal/unsafesetup"
	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

// TestSetupPowers makes PLONK keys over more powers than they need, given and drawn, and refuses fewer, and
// Groth16.
func TestSetupPowers(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		need := f.cs.NumPowers()
		powers, err := unsafesetup.Powers(need + 5)
		if err != nil {
			t.Fatal(err)
		}
		if f.cs.System() != snark.Plonk {
			if _, _, err := prover.SetupPowers(t.Context(), f.cs, powers); err == nil {
				t.Errorf("%s: keys over powers of tau", f.name)
			}
			if _, _, _, err := prover.SetupInsecurePowers(t.Context(), f.cs, 2); err == nil {
				t.Errorf("%s: keys over powers of a tau drawn here", f.name)
			}
			continue
		}
		check := func(pk *prover.ProvingKey, insecure bool) {
			t.Helper()
			if got := pk.VerifyingKey().Insecure(); got != insecure {
				t.Errorf("%s: insecure is %t, want %t", f.name, got, insecure)
			}
			proof, _, err := prover.Prove(t.Context(), nil, f.cs, pk, divided(47))
			if err != nil {
				t.Fatal(err)
			}
			public, err := prover.PublicInputs(divided(47))
			if err != nil {
				t.Fatal(err)
			}
			if err := snark.Verify(pk.VerifyingKey(), proof, public); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
		pk, vk, err := prover.SetupPowers(t.Context(), f.cs, powers)
		if err != nil {
			t.Fatal(err)
		}
		check(pk, false)
		if tau := vk.Plonk().Kzg.G2[1]; !tau.Equal(&powers.Vk.G2[1]) {
			t.Errorf("%s: keys over another tau", f.name)
		}
		powers.Pk.G1 = powers.Pk.G1[:need-1]
		if _, _, err := prover.SetupPowers(t.Context(), f.cs, powers); err == nil || !strings.Contains(err.Error(), "powers of tau, the circuit needs") {
			t.Errorf("%s: a power too few: got error %v", f.name, err)
		}
		for _, n := range []int{2, need + 7} {
			pk, vk, drawn, err := prover.SetupInsecurePowers(t.Context(), f.cs, n)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := len(drawn.Pk.G1), max(n, need); got != want {
				t.Errorf("%s: %d powers drawn, want %d", f.name, got, want)
			}
			if tau := vk.Plonk().Kzg.G2[1]; !tau.Equal(&drawn.Vk.G2[1]) {
				t.Errorf("%s: keys over another tau than the powers", f.name)
			}
			check(pk, true)
		}
	}
}
