// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
)

// WritePtau writes a .ptau file of 2ᵖ powers of tau, p = power, with secrets of its own, which it drops. It
// is prepared for phase 2. The file is for tests: nobody else contributed to it. Package ptau has the
// format.
func WritePtau(w io.Writer, power int) error {
	var s secrets
	defer s.wipe()
	if err := s.draw(0); err != nil {
		return err
	}
	return writePtau(w, power, &s)
}

func writePtau(file io.Writer, power int, s *secrets) error {
	if power < 1 || power > 20 {
		return fmt.Errorf("2^%d powers of tau, want 2^1 to 2^20", power)
	}
	n := 1 << power
	powers := make([]fr.Element, 2*n-1)
	powers[0].SetOne()
	for i := 1; i < len(powers); i++ {
		powers[i].Mul(&powers[i-1], &s.tau)
	}
	var bases []fr.Element // the Lagrange bases of 1, 2, 4, …, n roots of unity
	for size := 1; size <= n; size *= 2 {
		basis := append([]fr.Element{}, powers[:size]...)
		fft.NewDomain(uint64(size)).FFTInverse(basis, fft.DIF)
		utils.BitReverse(basis)
		bases = append(bases, basis...)
	}
	times := func(v []fr.Element, by *fr.Element) []fr.Element {
		out := make([]fr.Element, len(v))
		for i := range out {
			out[i].Mul(&v[i], by)
		}
		return out
	}
	out := &ptauWriter{bufio.NewWriter(file), nil}
	out.write([]byte("ptau"), uint32(1), uint32(11))
	q := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	for i := range len(q) / 2 {
		q[i], q[len(q)-1-i] = q[len(q)-1-i], q[i]
	}
	out.write(uint32(1), uint64(4+len(q)+4+4), uint32(len(q)), q, uint32(power), uint32(power))
	out.g1(2, multiplesG1(powers))
	out.g2(3, multiplesG2(powers[:n]))
	out.g1(4, multiplesG1(times(powers[:n], &s.alpha)))
	out.g1(5, multiplesG1(times(powers[:n], &s.beta)))
	out.g2(6, multiplesG2([]fr.Element{s.beta}))
	out.write(uint32(7), uint64(4), uint32(0))
	out.g1(12, multiplesG1(bases))
	out.g2(13, multiplesG2(bases))
	out.g1(14, multiplesG1(times(bases, &s.alpha)))
	out.g1(15, multiplesG1(times(bases, &s.beta)))
	if out.err == nil {
		out.err = out.w.Flush()
	}
	return out.err
}

// A ptauWriter writes values and sections of points. The first error sticks.
type ptauWriter struct {
	w   *bufio.Writer
	err error
}

func (w *ptauWriter) write(values ...any) {
	for _, v := range values {
		if w.err == nil {
			w.err = binary.Write(w.w, binary.LittleEndian, v)
		}
	}
}

// elements writes coordinates in Montgomery form, which is how they are in memory.
func (w *ptauWriter) elements(elements ...*fp.Element) {
	var b [fp.Bytes]byte
	for _, e := range elements {
		for i, word := range e {
			binary.LittleEndian.PutUint64(b[8*i:], word)
		}
		if w.err == nil {
			_, w.err = w.w.Write(b[:])
		}
	}
}

func (w *ptauWriter) g1(section uint32, points []curve.G1Affine) {
	w.write(section, uint64(len(points)*2*fp.Bytes))
	for i := range points {
		w.elements(&points[i].X, &points[i].Y)
	}
}

func (w *ptauWriter) g2(section uint32, points []curve.G2Affine) {
	w.write(section, uint64(len(points)*4*fp.Bytes))
	for i := range points {
		p := &points[i]
		w.elements(&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1)
	}
}
