// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"crypto/rand"
	"errors"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	update "github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/internal/parallel"
)

// contribute makes p, whose hash is given, the state after a contribution with secret factors, which it
// overwrites. They are drawn from the system's random numbers, hashed with extra if there is any: knowing
// one of the two is of no use.
//
// gnark's Contribute does the same, but takes nothing extra.
func contribute(p *mpcsetup.Phase2, hash artifact.Hash, extra []byte) error {
	factors, err := drawFactors(1+len(p.Sigmas), extra)
	if err != nil {
		return err
	}
	defer clear(factors)
	p.Challenge = hash[:]
	p.Delta = update.UpdateValues(&factors[0], p.Challenge, mpcsetup.DST_DELTA)
	for i := range p.Sigmas {
		p.Sigmas[i] = update.UpdateValues(&factors[1+i], p.Challenge, mpcsetup.DST_SIGMA+byte(i))
		scale(p.Parameters.G1.SigmaCKK[i], &factors[1+i])
		scaleG2(&p.Parameters.G2.Sigma[i], &factors[1+i])
	}
	delta := []curve.G1Affine{p.Parameters.G1.Delta}
	scale(delta, &factors[0])
	p.Parameters.G1.Delta = delta[0]
	scaleG2(&p.Parameters.G2.Delta, &factors[0])
	var inverse fr.Element
	defer inverse.SetZero()
	inverse.Inverse(&factors[0])
	scale(p.Parameters.G1.Z, &inverse)
	scale(p.Parameters.G1.PKK, &inverse)
	return nil
}

// drawFactors draws n factors, none of them 0 or 1.
func drawFactors(n int, extra []byte) ([]fr.Element, error) {
	seed := make([]byte, 64, 64+len(extra))
	if _, err := rand.Read(seed); err != nil {
		return nil, err
	}
	seed = append(seed, extra...)
	defer clear(seed)
	factors, err := fr.Hash(seed, []byte("zkml ceremony contribution"), n)
	if err != nil {
		return nil, err
	}
	for i := range factors {
		if factors[i].IsZero() || factors[i].IsOne() {
			return nil, errors.New("internal error: a random number that is 0 or 1")
		}
	}
	return factors, nil
}

// scale multiplies points.
func scale(points []curve.G1Affine, by *fr.Element) {
	var scalar big.Int
	by.BigInt(&scalar)
	defer wipe(&scalar)
	const chunk = 256
	parallel.For((len(points)+chunk-1)/chunk, parallel.Workers(), func(_, task int) {
		part := points[task*chunk : min(len(points), (task+1)*chunk)]
		for i := range part {
			part[i].ScalarMultiplication(&part[i], &scalar)
		}
	})
}

func scaleG2(p *curve.G2Affine, by *fr.Element) {
	var scalar big.Int
	by.BigInt(&scalar)
	defer wipe(&scalar)
	p.ScalarMultiplication(p, &scalar)
}

func wipe(n *big.Int) { clear(n.Bits()) }
