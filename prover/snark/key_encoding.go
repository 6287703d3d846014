// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

// maxKeyBytes bounds the encoded verifying key within a proving key; it has some 1,200 bytes.
const maxKeyBytes = 1 << 12

// WriteTo writes the key. After the header comes the verifying key, then points, uncompressed. The
// verifying key and slices have their length before them (4 bytes).
//
//	Groth16: [α]₁, [β]₁, [δ]₁, [β]₂, [δ]₂, A, B, Z, K in G1, B in G2, for each wire a byte that is 1 if its
//	         point of A is at infinity, the same for B, and for each commitment the basis and its σ-multiple
//	PLONK:   the powers of τ, the Lagrange basis
func (pk *ProvingKey) WriteTo(w io.Writer) (int64, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	counter := &countingWriter{w: out}
	vk, err := pk.vk.MarshalBinary()
	if err != nil {
		return 0, err
	}
	header := appendHeader(nil, keyMagic, pk.System())
	header = binary.BigEndian.AppendUint32(header, uint32(len(vk)))
	if _, err := counter.Write(append(header, vk...)); err != nil {
		return counter.n, err
	}
	enc := curve.NewEncoder(counter, curve.RawEncoding())
	encode := func(values ...any) {
		for _, v := range values {
			if err == nil {
				err = enc.Encode(v)
			}
		}
	}
	if k := pk.groth16; k != nil {
		encode(&k.G1.Alpha, &k.G1.Beta, &k.G1.Delta, &k.G2.Beta, &k.G2.Delta,
			k.G1.A, k.G1.B, k.G1.Z, k.G1.K, k.G2.B,
			uint32(len(k.InfinityA)), k.InfinityA, uint32(len(k.InfinityB)), k.InfinityB,
			uint32(len(k.CommitmentKeys)))
		for i := range k.CommitmentKeys {
			encode(k.CommitmentKeys[i].Basis, k.CommitmentKeys[i].BasisExpSigma)
		}
	} else {
		encode(pk.plonk.Kzg.G1, pk.plonk.KzgLagrange.G1)
	}
	if err == nil {
		err = out.Flush()
	}
	return counter.n, err
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// ReadProvingKey reads what WriteTo wrote, to the end of r. It allocates for what the file holds, not for
// what it claims.
//
// For speed, points are not checked to be in their groups: with another's points, proofs fail to verify
// or tell their verifier about the witness. Read a key only after checking the SHA-256 hash of its file,
// as bundles do.
func ReadProvingKey(r io.Reader) (*ProvingKey, error) {
	pk, err := readProvingKey(r)
	if err != nil {
		return nil, fmt.Errorf("proving key: %w", eof(err))
	}
	return pk, nil
}

func readProvingKey(file io.Reader) (*ProvingKey, error) {
	system, err := readHeader(file, keyMagic)
	if err != nil {
		return nil, err
	}
	r := &keyReader{r: bufio.NewReaderSize(file, 1<<16)}
	pk := &ProvingKey{vk: r.verifyingKey(system)}
	if r.err != nil {
		return nil, r.err
	}
	if system == snark.Groth16 {
		pk.groth16 = r.groth16()
	} else {
		pk.plonk = r.plonk(pk.vk)
	}
	if r.err != nil {
		return nil, r.err
	}
	if _, err := r.r.ReadByte(); err != io.EOF {
		return nil, errors.Join(errors.New("trailing bytes"), err)
	}
	return pk, nil
}

// A keyReader reads the parts of a key. The first error sticks.
type keyReader struct {
	r   *bufio.Reader
	err error
}

func (r *keyReader) fail(name string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", name, eof(err))
	}
}

func (r *keyReader) length(name string) (n uint32) {
	if r.err == nil {
		var err error
		n, err = readUint32(r.r)
		r.fail(name, err)
	}
	return n
}

// verifyingKey reads the verifying key, which must be for the system of the header.
func (r *keyReader) verifyingKey(system snark.System) *snark.VerifyingKey {
	n := r.length("verifying key")
	if r.err == nil && n > maxKeyBytes {
		r.fail("verifying key", fmt.Errorf("%d bytes, at most %d", n, maxKeyBytes))
	}
	if r.err != nil {
		return nil
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(r.r, data); err != nil {
		r.fail("verifying key", err)
		return nil
	}
	vk, err := snark.UnmarshalVerifyingKey(data)
	if err == nil && vk.System() != system {
		err = fmt.Errorf("it is for %s, want %s", vk.System(), system)
	}
	r.fail("verifying key", err)
	return vk
}

// points reads a slice with its length before it.
func points[P curve.G1Affine | curve.G2Affine](r *keyReader, name string) (p []P) {
	if n := r.length(name); r.err == nil {
		var err error
		p, err = readPoints[P](r.r, n, curve.NoSubgroupChecks())
		r.fail(name, err)
	}
	return p
}

// flags reads a slice of bytes that are 0 or 1, and counts the ones.
func (r *keyReader) flags(name string) (flags []bool, ones uint64) {
	n := r.length(name)
	for range n {
		if r.err != nil {
			return nil, 0
		}
		b, err := r.r.ReadByte()
		if err == nil && b > 1 {
			err = fmt.Errorf("flag %d, want 0 or 1", b)
		}
		r.fail(name, err)
		flags = append(flags, b == 1)
		ones += uint64(b)
	}
	return flags, ones
}

func (r *keyReader) groth16() *groth16.ProvingKey {
	k := new(groth16.ProvingKey)
	dec := curve.NewDecoder(r.r, curve.NoSubgroupChecks())
	for _, p := range []any{&k.G1.Alpha, &k.G1.Beta, &k.G1.Delta, &k.G2.Beta, &k.G2.Delta} {
		if r.err == nil {
			r.fail("alpha, beta, delta", dec.Decode(p))
		}
	}
	k.G1.A = points[curve.G1Affine](r, "A")
	k.G1.B = points[curve.G1Affine](r, "B in G1")
	k.G1.Z = points[curve.G1Affine](r, "Z")
	k.G1.K = points[curve.G1Affine](r, "K")
	k.G2.B = points[curve.G2Affine](r, "B in G2")
	k.InfinityA, k.NbInfinityA = r.flags("wires of A")
	k.InfinityB, k.NbInfinityB = r.flags("wires of B")
	commitments := r.length("commitments")
	if r.err == nil && commitments > snark.MaxCommitments {
		r.fail("commitments", fmt.Errorf("%d, at most %d", commitments, snark.MaxCommitments))
	}
	for range commitments {
		if r.err != nil {
			return nil
		}
		k.CommitmentKeys = append(k.CommitmentKeys, pedersen.ProvingKey{
			Basis:         points[curve.G1Affine](r, "basis of the commitment"),
			BasisExpSigma: points[curve.G1Affine](r, "basis of the proof of knowledge"),
		})
	}
	if r.err != nil {
		return nil
	}
	// Z has one point less than the domain has rows, and is in the file: the domain is no larger.
	size := uint64(len(k.G1.Z)) + 1
	if size&(size-1) != 0 {
		r.fail("Z", fmt.Errorf("%d points, want a power of two less one", len(k.G1.Z)))
		return nil
	}
	// Devices have what they need for transforms.
	k.Domain = *fft.NewDomain(size, fft.WithoutPrecompute())
	return k
}

func (r *keyReader) plonk(vk *snark.VerifyingKey) *plonk.ProvingKey {
	k := &plonk.ProvingKey{Vk: vk.Plonk()}
	k.Kzg.G1 = points[curve.G1Affine](r, "powers of tau")
	k.KzgLagrange.G1 = points[curve.G1Affine](r, "Lagrange basis")
	return k
}
