// SPDX-License-Identifier: Apache-2.0

package ptau_test

import (
	"encoding/binary"
	"runtime"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// polynomial returns n coefficients.
func polynomial(n int) []fr.Element {
	f := make([]fr.Element, n)
	for i := range f {
		f[i].SetUint64(uint64(i*i + 3))
	}
	return f
}

// Whatever a file holds, reading it ends in an error or in powers of one τ.
func FuzzFile(f *testing.F) {
	good := write(f)
	f.Add(good)
	f.Add(good[:100])
	f.Add([]byte("ptau"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := open(data)
		if err != nil {
			return
		}
		p, err := file.Phase1(2)
		if err != nil {
			return
		}
		if _, err := file.SRS(3); err != nil {
			t.Errorf("the powers of phase 1 are accepted, those of an SRS not: %v", err)
		}
		g1, negative := p.TauG1[0], p.TauG1[1]
		negative.Neg(&negative)
		if ok, err := curve.PairingCheck([]curve.G1Affine{g1, negative}, []curve.G2Affine{p.TauG2[1], p.TauG2[0]}); err != nil || !ok {
			t.Errorf("accepted, and tau differs between the groups: %v", err)
		}
	})
}

// Opening a file that claims 2²⁸ powers costs what it holds.
func TestOpenDoesNotAllocateForClaims(t *testing.T) {
	data := write(t)
	at := sections(t, data)
	binary.LittleEndian.PutUint32(data[at[1]+36:], 28)
	for _, s := range []uint32{2, 3, 4, 5} {
		binary.LittleEndian.PutUint64(data[at[s]-8:], 1<<34)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := open(data)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("accepted")
	}
	const limit = 1 << 20
	if got := after.TotalAlloc - before.TotalAlloc; got > limit {
		t.Errorf("%d bytes allocated for a small file, at most %d", got, limit)
	}
}
