// SPDX-License-Identifier: Apache-2.0

package ptau_test

import (
	"bytes"
	"encoding/binary"
	"math/big"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/ceremony/ptau"
	"github.com/zkml-go/zkml/internal/unsafesetup"
)

const power = 3 // of the files here: 15 powers in G1, 8 in G2

func write(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := unsafesetup.WritePtau(&b, power); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(data []byte) (*ptau.File, error) {
	return ptau.Open(bytes.NewReader(data), int64(len(data)))
}

// sections returns where the data of each section of a file is.
func sections(t testing.TB, data []byte) map[uint32]int {
	t.Helper()
	at := map[uint32]int{}
	for i := 12; i < len(data); {
		at[binary.LittleEndian.Uint32(data[i:])] = i + 12
		i += 12 + int(binary.LittleEndian.Uint64(data[i+4:]))
	}
	return at
}

func TestRead(t *testing.T) {
	t.Parallel()
	data := write(t)
	f, err := open(data)
	if err != nil {
		t.Fatal(err)
	}
	if f.Power() != power || f.NumPowers() != 15 {
		t.Errorf("power %d and %d powers", f.Power(), f.NumPowers())
	}
	for _, n := range []int{2, 9, 15} {
		srs, err := f.SRS(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(srs.Pk.G1) != n {
			t.Errorf("%d powers, want %d", len(srs.Pk.G1), n)
		}
		opens(t, srs)
	}
	for _, n := range []int{2, 4, 8} {
		p, err := f.Phase1(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.TauG1) != 2*n-1 || len(p.TauG2) != n || len(p.AlphaTauG1) != n || len(p.BetaTauG1) != n {
			t.Errorf("%d, %d, %d and %d powers for %d constraints", len(p.TauG1), len(p.TauG2), len(p.AlphaTauG1), len(p.BetaTauG1), n)
		}
	}
	for _, n := range []int{-1, 0, 1, 16} {
		if _, err := f.SRS(n); err == nil {
			t.Errorf("an SRS of %d powers", n)
		}
		if _, err := f.Phase1(n); err == nil {
			t.Errorf("powers for %d constraints", n)
		}
	}
}

// opens checks that gnark-crypto commits and opens with an SRS.
func opens(t *testing.T, srs *kzg.SRS) {
	t.Helper()
	f := polynomial(len(srs.Pk.G1))
	c, err := kzg.Commit(f, srs.Pk)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := kzg.Open(f, f[0], srs.Pk)
	if err != nil {
		t.Fatal(err)
	}
	if err := kzg.Verify(&c, &proof, f[0], srs.Vk); err != nil {
		t.Error(err)
	}
}

// Files that claim what is not so.
func TestRefusesBadFiles(t *testing.T) {
	t.Parallel()
	good := write(t)
	at := sections(t, good)
	changed := func(change func(b []byte) []byte) []byte { return change(bytes.Clone(good)) }
	put32 := func(offset int, v uint32) []byte {
		return changed(func(b []byte) []byte { binary.LittleEndian.PutUint32(b[offset:], v); return b })
	}
	put64 := func(offset int, v uint64) []byte {
		return changed(func(b []byte) []byte { binary.LittleEndian.PutUint64(b[offset:], v); return b })
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":                    {nil, "unexpected EOF"},
		"another magic":            {changed(func(b []byte) []byte { b[0]++; return b }), "not a .ptau file"},
		"another version":          {put32(4, 2), "version 2, want 1"},
		"billions of sections":     {put32(8, 1<<32-1), "4294967295 sections"},
		"one section more":         {put32(8, 12), "unexpected EOF"},
		"one section less":         {put32(8, 10), "bytes after the last section"},
		"trailing byte":            {append(bytes.Clone(good), 0), "bytes after the last section"},
		"cut":                      {good[:len(good)-1], "claims"},
		"a huge section":           {put64(at[2]-8, 1<<63), "claims 9223372036854775808 bytes"},
		"two sections of a type":   {put32(at[3]-12, 2), "two sections of type 2"},
		"no section of a type":     {put32(at[5]-12, 16), "no section with powers of tau times beta"},
		"no header":                {put32(at[1]-12, 100), "header: 0 bytes"},
		"field of 48 bytes":        {put32(at[1], 48), "field elements of 48 bytes"},
		"another curve":            {changed(func(b []byte) []byte { b[at[1]+4]++; return b }), "not on the curve BN254"},
		"a larger power":           {put32(at[1]+36, power+1), "bytes of powers of tau in G1, want"},
		"a power beyond all files": {put32(at[1]+36, 29), "2^29 powers"},
		"power 0":                  {put32(at[1]+36, 0), "2^0 powers"},
	} {
		if _, err := open(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}

// Points that are none, or others.
func TestRefusesBadPoints(t *testing.T) {
	t.Parallel()
	good := write(t)
	at := sections(t, good)
	// point returns point i of a section with points of size bytes.
	point := func(b []byte, section uint32, i, size int) []byte {
		return b[at[section]+i*size : at[section]+(i+1)*size]
	}
	const g1, g2 = 64, 128
	last := 1<<power - 1
	copyPoint := func(section uint32, size, to, from int) func([]byte) {
		return func(b []byte) { copy(point(b, section, to, size), point(good, section, from, size)) }
	}
	negate := func(section uint32, size, i int) func([]byte) {
		return func(b []byte) {
			y := point(b, section, i, size)[size/2:]
			for j := 0; j < len(y); j += fp.Bytes {
				subtractFrom(fp.Modulus(), y[j:j+fp.Bytes])
			}
		}
	}
	for name, c := range map[string]struct {
		change func([]byte)
		want   string
		phase1 bool // an SRS does not have the fault
	}{
		"x is not reduced":         {func(b []byte) { addModulus(point(b, 2, 3, g1)[:fp.Bytes]) }, "in G1: point 3: a coordinate is not reduced", false},
		"y is not reduced in G2":   {func(b []byte) { addModulus(point(b, 3, 1, g2)[64:96]) }, "in G2: point 1: a coordinate is not reduced", false},
		"off the curve":            {func(b []byte) { copy(point(b, 2, 4, g1)[32:], point(good, 2, 5, g1)[32:]) }, "in G1: point 4: is not on the curve", false},
		"off the twist":            {func(b []byte) { copy(point(b, 3, 2, g2)[64:], point(good, 3, 3, g2)[64:]) }, "in G2: point 2: is not on the curve", true},
		"outside the subgroup":     {func(b []byte) { copy(point(b, 3, 2, g2), outside()) }, "in G2: point 2: is not in the subgroup", true},
		"tau outside the subgroup": {func(b []byte) { copy(point(b, 3, 1, g2), outside()) }, "in G2: point 1: is not in the subgroup", false},
		"infinity":                 {func(b []byte) { clear(point(b, 2, 7, g1)) }, "in G1: point 7: is at infinity", false},
		"infinity in G2":           {func(b []byte) { clear(point(b, 3, 1, g2)) }, "in G2: point 1: is at infinity", false},
		"beta at infinity":         {func(b []byte) { clear(point(b, 6, 0, g2)) }, "beta in G2: point 0: is at infinity", true},
		"another generator":        {copyPoint(2, g1, 0, 1), "do not start with the generators", false},
		"another generator of G2":  {copyPoint(3, g2, 0, 1), "do not start with the generators", false},
		"tau is 1":                 {copyPoint(2, g1, 1, 0), "tau is 1 or -1", false},
		"a power twice":            {copyPoint(2, g1, 5, 4), "in G1: the points are not consecutive", false},
		"the last power":           {negate(2, g1, 2*last), "in G1: the points are not consecutive", false},
		"another tau in G2":        {copyPoint(3, g2, 1, 2), "in G1: the points are not consecutive", false},
		"the last power in G2":     {negate(3, g2, last), "in G2: the points are not consecutive", true},
		"alpha is 1":               {func(b []byte) { copy(point(b, 4, 0, g1), point(b, 2, 0, g1)) }, "alpha is 1 or -1", true},
		"beta is 1":                {func(b []byte) { copy(point(b, 5, 0, g1), point(b, 2, 0, g1)) }, "beta is 1 or -1", true},
		"the first with alpha":     {negate(4, g1, 0), "times alpha: the points are not consecutive", true},
		"the last with alpha":      {negate(4, g1, last), "times alpha: the points are not consecutive", true},
		"the last with beta":       {copyPoint(5, g1, last, 2), "times beta: the points are not consecutive", true},
		"another beta in G2":       {negate(6, g2, 0), "beta differs between G1 and G2", true},
	} {
		data := bytes.Clone(good)
		c.change(data)
		f, err := open(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := f.Phase1(1 << power); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
		if _, err := f.SRS(15); c.phase1 != (err == nil) || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: SRS: got %v, want an error with %q: %v", name, err, c.want, !c.phase1)
		}
	}
}

// addModulus makes a little-endian element one that is not reduced.
func addModulus(e []byte) {
	carry := 0
	q := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	for i := range e {
		carry += int(e[i]) + int(q[len(q)-1-i])
		e[i] = byte(carry)
		carry >>= 8
	}
}

// subtractFrom replaces a little-endian number by m minus it.
func subtractFrom(m *big.Int, e []byte) {
	var v big.Int
	be := bytes.Clone(e)
	reverse(be)
	if v.SetBytes(be); v.Sign() == 0 {
		return
	}
	v.Sub(m, &v).FillBytes(be)
	reverse(be)
	copy(e, be)
}

func reverse(b []byte) {
	for i := range len(b) / 2 {
		b[i], b[len(b)-1-i] = b[len(b)-1-i], b[i]
	}
}

// outside returns a point of the twist that is not in G2, as files have it.
func outside() []byte {
	_, _, _, g2 := curve.Generators()
	var b, y2 curve.E2
	b.Square(&g2.X).Mul(&b, &g2.X)
	y2.Square(&g2.Y)
	b.Sub(&y2, &b)
	var p curve.G2Affine
	p.X.A1.SetOne()
	for n := uint64(0); ; n++ {
		p.X.A0.SetUint64(n)
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &b)
		if y2.Legendre() == 1 {
			p.Y.Sqrt(&y2)
			break
		}
	}
	var out []byte
	for _, e := range []fp.Element{p.X.A0, p.X.A1, p.Y.A0, p.Y.A1} {
		for _, word := range e {
			out = binary.LittleEndian.AppendUint64(out, word)
		}
	}
	return out
}
