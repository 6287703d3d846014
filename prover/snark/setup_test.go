// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/internal/unsafesetup"
	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestSetupNeedsASource(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		_, _, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{})
		if !errors.Is(err, prover.ErrNeedsSetup) || !strings.Contains(err.Error(), "--insecure-setup") {
			t.Errorf("%s: got %v, want ErrNeedsSetup and the flag's name", f.name, err)
		}
		_, _, err = prover.Setup(t.Context(), f.cs, prover.SetupOptions{Insecure: true, SRS: fileSRS(nil)})
		if err == nil {
			t.Errorf("%s: both sources accepted", f.name)
		}
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := prover.Setup(canceled, f.cs, prover.SetupOptions{Insecure: true}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: canceled: got %v", f.name, err)
		}
		if f.cs.System() == snark.Groth16 {
			_, _, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{SRS: fileSRS(nil)})
			if !errors.Is(err, prover.ErrNeedsSetup) {
				t.Errorf("%s: with an SRS: got %v, want ErrNeedsSetup", f.name, err)
			}
		}
	}
}

func TestInsecureSetupIsMarked(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		if !f.vk.Insecure() || !f.pk.VerifyingKey().Insecure() {
			t.Errorf("%s: the key is not marked", f.name)
		}
	}
}

// srsFile returns an SRS with powers of τ for a domain of size, with some more.
func srsFile(t *testing.T, size uint64, compressed bool, change func(*kzg.SRS)) []byte {
	t.Helper()
	srs, _, err := unsafesetup.SRS(size)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(srs)
	}
	var file bytes.Buffer
	if compressed {
		_, err = srs.WriteTo(&file)
	} else {
		_, err = srs.WriteRawTo(&file)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// fileSRS reads an SRS from what a file holds.
func fileSRS(file []byte) prover.SRS {
	return func(n int) (*kzg.SRS, error) { return prover.ReadSRS(bytes.NewReader(file), n) }
}

// An SRS that is larger than needed serves, compressed or not, and the same SRS gives the same keys.
func TestSetupWithSRS(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		if f.cs.System() != snark.Plonk {
			continue
		}
		size := uint64(f.cs.NumPowers() - 3)
		for _, c := range []struct {
			size       uint64
			compressed bool
		}{{size, true}, {size, false}, {4 * size, true}, {4 * size, false}} {
			file := srsFile(t, c.size, c.compressed, nil)
			pk, vk, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{SRS: fileSRS(file)})
			if err != nil {
				t.Errorf("%s: SRS of %d powers: %v", f.name, c.size+3, err)
				continue
			}
			if vk.Insecure() {
				t.Errorf("%s: a key from an SRS is marked insecure", f.name)
			}
			if _, _, err := prover.Prove(t.Context(), nil, f.cs, pk, divided(8)); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
			_, again, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{SRS: fileSRS(file)})
			if err != nil {
				t.Fatal(err)
			}
			a, errA := vk.Digest()
			b, errB := again.Digest()
			if errA != nil || errB != nil || a != b {
				t.Errorf("%s: keys %x and %x from one SRS (%v, %v)", f.name, a, b, errA, errB)
			}
		}
	}
}

func TestSetupRefusesBadSRS(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[3]
	if f.cs.System() != snark.Plonk {
		t.Fatal("not the fixture that this test wants")
	}
	size := uint64(f.cs.NumPowers() - 3)
	good := srsFile(t, size, false, nil)
	tampered := func(change func(*kzg.SRS)) []byte { return srsFile(t, size, false, change) }
	claims := func(n uint32) []byte {
		c := bytes.Clone(good)
		binary.BigEndian.PutUint32(c, n)
		return c
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":                 {nil, "number of powers"},
		"too small":             {srsFile(t, size/2, true, nil), "the circuit needs"},
		"short":                 {good[:len(good)-1], "unexpected EOF"},
		"cut in powers":         {good[:1000], "unexpected EOF"},
		"long":                  {append(bytes.Clone(good), 0), "trailing bytes"},
		"claims billions":       {claims(1<<32 - 1), ""},
		"a power off the curve": {func() []byte { c := bytes.Clone(good); c[4+64*7+63] ^= 1; return c }(), "point"},
		"a wrong power":         {tampered(func(s *kzg.SRS) { s.Pk.G1[5] = s.Pk.G1[6] }), "consecutive"},
		"the last power is wrong": {tampered(func(s *kzg.SRS) {
			last := &s.Pk.G1[len(s.Pk.G1)-1]
			last.Neg(last)
		}), "consecutive"},
		"tau of another SRS": {tampered(func(s *kzg.SRS) {
			s.Vk.G2[1].Double(&s.Vk.G2[1])
			other, _, err := unsafesetup.SRS(2)
			if err != nil {
				t.Fatal(err)
			}
			s.Vk = other.Vk
		}), "consecutive"},
		"not from the generator": {tampered(func(s *kzg.SRS) {
			for i := range s.Pk.G1 {
				s.Pk.G1[i].Double(&s.Pk.G1[i])
			}
		}), "generators"},
		"other pairing lines": {tampered(func(s *kzg.SRS) { s.Vk.Lines[1] = s.Vk.Lines[0] }), "lines"},
		"tau is 1": {func() []byte {
			srs, _, err := unsafesetup.SRSOf(size, fr.One())
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if _, err := srs.WriteTo(&file); err != nil {
				t.Fatal(err)
			}
			return file.Bytes()
		}(), "srs-tau"},
	} {
		_, _, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{SRS: fileSRS(c.file)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}

// Reading an SRS that claims more than it holds costs what it holds.
func TestSetupDoesNotAllocateForClaims(t *testing.T) {
	f := fixtures(t)[3]
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := prover.Setup(t.Context(), f.cs, prover.SetupOptions{SRS: fileSRS([]byte{0xff, 0xff, 0xff, 0xff})})
	runtime.ReadMemStats(&after)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v, want io.ErrUnexpectedEOF", err)
	}
	const limit = 8 << 20
	if got := after.TotalAlloc - before.TotalAlloc; got > limit {
		t.Errorf("%d bytes allocated for an empty SRS, at most %d", got, limit)
	}
}
