// SPDX-License-Identifier: Apache-2.0

package acceltest

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// A Call is one that a Fake is asked for.
type Call struct {
	// Kind is the method: G1, G2, Vector, MSM, NTT, INTT, Add, Sub, Mul, Scale, Read, Free,
	// Close. MSM2 is MSM over G2.
	Kind string
	// Number counts the calls of this kind from 1.
	Number int
	// Elements is the number of points, scalars or elements.
	Elements int
	// Skewed is set for sums in which most scalars of a list are equal.
	Skewed bool
}

// When chooses calls.
type When func(Call) bool

// Nth chooses the k-th call of a kind, from 1.
func Nth(kind string, k int) When {
	return func(c Call) bool { return c.Kind == kind && c.Number == k }
}

// From chooses the k-th call of a kind and all that follow it.
func From(kind string, k int) When {
	return func(c Call) bool { return c.Kind == kind && c.Number >= k }
}

// Every chooses one of n calls of any kind.
func Every(n int) When {
	var mu sync.Mutex
	k := 0
	return func(Call) bool {
		mu.Lock()
		defer mu.Unlock()
		k++
		return k%n == 0
	}
}

// Skewed chooses sums of skewed scalars.
func Skewed(c Call) bool { return c.Skewed }

// skewed reports whether more than half of some scalars, of which there are a few at
// least, are equal.
func skewed(x accel.Scalars) bool {
	switch x := x.(type) {
	case accel.Elements:
		return mostly[fr.Element](x)
	case accel.Ints[int8]:
		return mostly(x)
	case accel.Ints[int16]:
		return mostly(x)
	case accel.Ints[int32]:
		return mostly(x)
	case accel.Ints[int64]:
		return mostly(x)
	}
	return false
}

func mostly[E comparable](x []E) bool {
	count := map[E]int{}
	for _, e := range x {
		count[e]++
		if len(x) >= 4 && count[e] > len(x)/2 {
			return true
		}
	}
	return false
}
