// SPDX-License-Identifier: Apache-2.0

package ir

import "fmt"

// Limit bounds the magnitude of every value of a program: |x| ≤ 2⁶⁰. Sums and
// products that respect it fit an int64 and are far below the field's modulus,
// so an identity between them over the field is an identity over ℤ.
const Limit = int64(1) << 60

// A Range is a closed interval of integers.
type Range struct {
	Lo int64 `json:"lo"`
	Hi int64 `json:"hi"`
}

// Check reports an error if r is empty or exceeds Limit.
func (r Range) Check() error {
	if r.Lo > r.Hi {
		return fmt.Errorf("range [%d, %d] is empty", r.Lo, r.Hi)
	}
	if r.Lo < -Limit || r.Hi > Limit {
		return fmt.Errorf("range [%d, %d] exceeds ±2^60", r.Lo, r.Hi)
	}
	return nil
}

// Contains reports whether x lies in r.
func (r Range) Contains(x int64) bool { return r.Lo <= x && x <= r.Hi }

// Within reports whether r is a subset of s.
func (r Range) Within(s Range) bool { return s.Lo <= r.Lo && r.Hi <= s.Hi }

// Union returns the smallest interval that holds r and s.
func (r Range) Union(s Range) Range { return Range{min(r.Lo, s.Lo), max(r.Hi, s.Hi)} }

// Count returns the number of integers in r.
func (r Range) Count() int64 { return r.Hi - r.Lo + 1 }

// String formats r as [lo, hi].
func (r Range) String() string { return fmt.Sprintf("[%d, %d]", r.Lo, r.Hi) }

// scale returns {c·x : x ∈ r}.
func (r Range) scale(c int64) (Range, error) {
	a, err := mul(c, r.Lo)
	if err != nil {
		return Range{}, err
	}
	b, err := mul(c, r.Hi)
	return Range{min(a, b), max(a, b)}, err
}

// times returns an interval that holds every product of r and s.
func (r Range) times(s Range) (Range, error) {
	a, err := r.scale(s.Lo)
	if err != nil {
		return Range{}, err
	}
	b, err := r.scale(s.Hi)
	return a.Union(b), err
}

// plus returns {x + y : x ∈ r, y ∈ s}.
func (r Range) plus(s Range) (Range, error) {
	t := Range{r.Lo + s.Lo, r.Hi + s.Hi} // operands are within ±2⁶⁰: no overflow
	return t, t.Check()
}

// mul multiplies within ±Limit.
func mul(a, b int64) (int64, error) {
	if a == 0 || b == 0 {
		return 0, nil
	}
	// −2⁶³ has no absolute value.
	if a < -Limit || b < -Limit || abs(a) > Limit/abs(b) {
		return 0, fmt.Errorf("product of %d and %d exceeds ±2^60", a, b)
	}
	return a * b, nil
}

func abs(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}

// RangeOf returns the smallest interval that holds data, which is not empty.
func RangeOf(data []int64) Range {
	r := Range{data[0], data[0]}
	for _, x := range data[1:] {
		r.Lo, r.Hi = min(r.Lo, x), max(r.Hi, x)
	}
	return r
}
