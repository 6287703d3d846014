// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

var errOtherModel = errors.New("another model")

// verifySumcheck is the verifier of the protocol in Go, from the text at the top of SumcheckVerifier.sol:
// nothing is merged, interpolants are computed as such, every equation is checked by itself.
func (k wrapKeys) verifySumcheck(c evmtest.Call) error {
	if id := statement.ModelID(c.ModelDigest, k.system, c.Key); id != c.Model {
		return errOtherModel
	}
	public, err := c.Public()
	if err != nil {
		return err
	}
	if len(c.Key) < k.keyBytes {
		return errors.New("short key")
	}
	wrapKey := c.Key[:k.keyBytes]
	tauAt := 0x2c0
	if k.system == statement.SumcheckPlonk {
		tauAt = 0x200
	}
	tau := (&decoder{b: wrapKey[tauAt:]}).g2()
	key := &decoder{b: c.Key[k.keyBytes:]}
	parameters := key.take(32)
	if key.err != nil {
		return key.err
	}
	n, t1 := binary.BigEndian.Uint32(parameters[24:]), binary.BigEndian.Uint16(parameters[28:])
	numWitness := int(binary.BigEndian.Uint16(parameters[30:]))
	if [24]byte(parameters) != [24]byte{} || n < 2 || n > 28 || uint32(t1) != n/2 || numWitness == 0 {
		return errors.New("parameters")
	}
	model := key.points(len(key.b) / 64)

	proof := &decoder{b: c.Proof[32:]}
	witness := proof.points(numWitness)
	if err := checkOwnColumns(c.Commitments, witness); err != nil {
		return err
	}
	columns := append(witness, model...)
	opening := proof.b
	h, q, g := proof.g1(), proof.g1(), proof.g1()
	hAlpha := proof.scalar()
	s, d := proof.g1(), proof.g1()
	var values [6]fr.Element
	for i := range values {
		values[i] = proof.scalar()
	}
	quotient, batch, linear := proof.g1(), proof.g1(), proof.g1()
	v, rho := proof.scalar(), proof.scalar()
	var ps [4]fr.Element
	for i := range ps {
		ps[i] = proof.scalar()
	}
	wrapZ := proof.scalar()
	if err := errors.Join(key.end(), proof.err); err != nil {
		return err
	}

	// Challenges
	var seed fr.Element
	seed.SetBytes(keccak(keccak([]byte("zkml.sumcheck.seed.v1")), public[0].Marshal(), c.Proof[32:32+64*numWitness]))
	state := keccak(keccak([]byte("zkml.mercury.v1")), seed.Marshal(), rho.Marshal(), v.Marshal())
	var drawn [6]fr.Element
	for i, end := range []int{0x40, 0xe0, 0x160, 0x260, 0x2a0, 0x2e0} {
		start := []int{0, 0x40, 0xe0, 0x160, 0x260, 0x2a0}[i]
		state = keccak(state, opening[start:end])
		drawn[i].SetBytes(state)
	}
	al, ga, ze, be, y := drawn[0], drawn[1], drawn[2], drawn[3], drawn[4]
	var inverse fr.Element
	inverse.Inverse(&ze)

	// (1)
	var left, right fr.Element
	add := func(sum *fr.Element, factors ...fr.Element) {
		term := product(factors...)
		sum.Add(sum, &term)
	}
	add(&left, values[0], ps[1])
	add(&left, values[1], ps[0])
	add(&left, ga, values[2], ps[3])
	add(&left, ga, values[3], ps[2])
	add(&right, fr.NewElement(2), hAlpha)
	add(&right, fr.NewElement(2), ga, v)
	add(&right, ze, values[4])
	add(&right, inverse, values[5])
	if left != right {
		return errors.New("values")
	}

	// [f] - (ζᵇ - α)[q] - g(ζ)G = (τ - ζ)[H]
	var sum curve.G1Jac
	power := fr.One()
	for i := range columns {
		addTerm(&sum, columns[i], power)
		power.Mul(&power, &rho)
	}
	var shift fr.Element
	shift.Exp(ze, new(big.Int).Lsh(big.NewInt(1), uint(t1))).Sub(&al, &shift)
	_, _, g1, g2 := curve.Generators()
	addTerm(&sum, q, shift)
	addTerm(&sum, g1, negated(values[0]))
	addTerm(&sum, quotient, ze)
	if err := checkPairing([]curve.G1Affine{affine(sum), quotient}, []curve.G2Affine{g2, tau}); err != nil {
		return fmt.Errorf("division: %w", err)
	}

	// ∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅([pᵢ] - pᵢ*(y)⋅G) - Z_T(y)[q_m] = (τ - y)[q_L]
	atD := product(values[1])
	for range 1<<t1 - 1 {
		atD.Mul(&atD, &ze)
	}
	t := []fr.Element{ze, inverse, al}
	openings := []struct {
		point  curve.G1Affine
		values []fr.Element // on the first elements of T
	}{{g, values[0:2]}, {h, []fr.Element{values[2], values[3], hAlpha}}, {s, values[4:6]}, {d, []fr.Element{atD}}}
	sum, power = curve.G1Jac{}, fr.One()
	vanishing := fr.One()
	for _, x := range t {
		x.Sub(&y, &x)
		vanishing.Mul(&vanishing, &x)
	}
	for _, o := range openings {
		scale := power
		for _, x := range t[len(o.values):] {
			x.Sub(&y, &x)
			scale.Mul(&scale, &x)
		}
		addTerm(&sum, o.point, scale)
		addTerm(&sum, g1, negated(product(scale, interpolate(t[:len(o.values)], o.values, y))))
		power.Mul(&power, &be)
	}
	addTerm(&sum, batch, negated(vanishing))
	addTerm(&sum, linear, y)
	if err := checkPairing([]curve.G1Affine{affine(sum), linear}, []curve.G2Affine{g2, tau}); err != nil {
		return fmt.Errorf("batch: %w", err)
	}

	// (3)
	words := []fr.Element{seed, public[1], public[2], rho, ze, v, ps[0], ps[1], ps[2], ps[3]}
	message := keccak([]byte("zkml.sumcheck.wrap.v1"))
	var wrapD, wrapE fr.Element
	power = fr.One()
	for _, x := range words {
		message = append(message, x.Marshal()...)
		add(&wrapE, x, power)
		power.Mul(&power, &wrapZ)
	}
	wrapD.SetBytes(keccak(message))
	return k.verify(wrapKey, [3]fr.Element{wrapD, wrapZ, wrapE}, proof.b)
}

// interpolate returns the value at y of the polynomial with the given values.
func interpolate(xs, values []fr.Element, y fr.Element) (sum fr.Element) {
	for i := range xs {
		term := values[i]
		for j := range xs {
			if i == j {
				continue
			}
			var numerator, denominator fr.Element
			numerator.Sub(&y, &xs[j])
			denominator.Sub(&xs[i], &xs[j])
			term.Mul(&term, numerator.Div(&numerator, &denominator))
		}
		sum.Add(&sum, &term)
	}
	return sum
}

func negated(x fr.Element) fr.Element { return *x.Neg(&x) }

func addTerm(sum *curve.G1Jac, p curve.G1Affine, by fr.Element) {
	var term curve.G1Jac
	term.FromAffine(&p)
	term.ScalarMultiplication(&term, by.BigInt(new(big.Int)))
	sum.AddAssign(&term)
}

func affine(p curve.G1Jac) (q curve.G1Affine) { return *q.FromJacobian(&p) }

func checkPairing(p []curve.G1Affine, q []curve.G2Affine) error {
	ok, err := curve.PairingCheck(p, q)
	if err == nil && !ok {
		err = errors.New("pairing product is not 1")
	}
	return err
}

// A decoder reads points and scalars and refuses what is not canonical.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) take(n int) []byte {
	if len(d.b) < n {
		d.err = errors.Join(d.err, errors.New("too short"))
		return make([]byte, n)
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) end() error {
	if len(d.b) != 0 {
		return errors.Join(d.err, fmt.Errorf("%d bytes too many", len(d.b)))
	}
	return d.err
}

func (d *decoder) scalar() (x fr.Element) {
	d.err = errors.Join(d.err, x.SetBytesCanonical(d.take(32)))
	return x
}

func (d *decoder) coordinate() (x fp.Element) {
	d.err = errors.Join(d.err, x.SetBytesCanonical(d.take(32)))
	return x
}

func (d *decoder) g1() (p curve.G1Affine) {
	p.X, p.Y = d.coordinate(), d.coordinate()
	if !p.IsOnCurve() {
		d.err = errors.Join(d.err, errors.New("off the curve"))
	}
	return p
}

func (d *decoder) g2() (p curve.G2Affine) {
	p.X.A1, p.X.A0, p.Y.A1, p.Y.A0 = d.coordinate(), d.coordinate(), d.coordinate(), d.coordinate()
	if !p.IsOnCurve() || !p.IsInSubGroup() {
		d.err = errors.Join(d.err, errors.New("outside of G2"))
	}
	return p
}

func (d *decoder) points(n int) []curve.G1Affine {
	list := make([]curve.G1Affine, 0, n)
	for range n {
		list = append(list, d.g1())
	}
	return list
}
