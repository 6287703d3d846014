// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/protocol/pcs"
)

// The encoding of a commitment key: the magic, the numbers of blinds and of powers of τ
// (4 bytes each), blinds, and powers, x‖y. All integers are big endian.
const (
	ckMagic  = "zkml.sumcheck.ck\x00\x01"
	ckHeader = len(ckMagic) + 8
)

// WriteTo writes the only encoding of the key. It holds secrets: the blinds.
func (ck *CommitmentKey) WriteTo(w io.Writer) (int64, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	header := binary.BigEndian.AppendUint32([]byte(ckMagic), uint32(len(ck.blinds)))
	header = binary.BigEndian.AppendUint32(header, uint32(len(ck.srs.G1)))
	out.Write(header) // the first error of a bufio.Writer is that of its Flush
	for i := range ck.blinds {
		b := ck.blinds[i].Bytes()
		out.Write(b[:])
	}
	for i := range ck.srs.G1 {
		out.Write(pcs.EncodePoint(&ck.srs.G1[i]))
	}
	n := int64(ckHeader) + int64(len(ck.blinds))*fr.Bytes + int64(len(ck.srs.G1))*pcs.PointBytes
	return n, out.Flush()
}

// UnmarshalCommitmentKey decodes what WriteTo writes. It allocates what data holds, not
// what it claims, and checks that all points are in G1.
func UnmarshalCommitmentKey(data []byte) (*CommitmentKey, error) {
	ck, err := decodeCommitmentKey(data)
	if err != nil {
		return nil, fmt.Errorf("commitment key: %w", err)
	}
	return ck, nil
}

func decodeCommitmentKey(data []byte) (*CommitmentKey, error) {
	if len(data) < ckHeader || string(data[:len(ckMagic)]) != ckMagic {
		return nil, errors.New("not a commitment key of the sumcheck system")
	}
	blinds, powers := int64(binary.BigEndian.Uint32(data[len(ckMagic):])), int64(binary.BigEndian.Uint32(data[len(ckMagic)+4:]))
	if want := int64(ckHeader) + blinds*fr.Bytes + powers*pcs.PointBytes; int64(len(data)) != want {
		return nil, fmt.Errorf("%d bytes, want %d", len(data), want)
	}
	if powers < 2 {
		return nil, fmt.Errorf("%d powers of tau, want at least 2", powers)
	}
	data = data[ckHeader:]
	ck := &CommitmentKey{srs: &kzg.ProvingKey{G1: make([]curve.G1Affine, powers)}, blinds: make([]fr.Element, blinds)}
	for i := range ck.blinds {
		if err := ck.blinds[i].SetBytesCanonical(data[:fr.Bytes]); err != nil {
			return nil, fmt.Errorf("blind %d: %w", i, err)
		}
		data = data[fr.Bytes:]
	}
	return ck, decodePoints(ck.srs.G1, data)
}

// decodePoints decodes points on all cores: there are millions. Infinity is no power.
func decodePoints(to []curve.G1Affine, data []byte) error {
	workers := parallel.Workers()
	errs := make([]error, workers)
	parallel.For(workers, workers, func(_, part int) {
		for i := len(to) * part / workers; i < len(to)*(part+1)/workers; i++ {
			err := pcs.DecodePoint(&to[i], data[i*pcs.PointBytes:])
			if err == nil && to[i].IsInfinity() {
				err = errors.New("the point at infinity")
			}
			if err != nil {
				errs[part] = fmt.Errorf("power %d of tau: %w", i, err)
				return
			}
		}
	})
	return errors.Join(errs...)
}
