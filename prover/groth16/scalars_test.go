// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

func TestInteger(t *testing.T) {
	t.Parallel()
	for _, v := range []int64{0, 1, -1, 127, -128, -129, 32767, -32769, math.MaxInt32, -math.MaxInt32} {
		var e fr.Element
		e.SetInt64(v)
		if got := integer(&e); int64(got) != v {
			t.Errorf("%d: got %d", v, got)
		}
	}
	for _, v := range []int64{math.MaxInt32 + 1, math.MinInt32, math.MaxInt64, math.MinInt64} {
		var e fr.Element
		e.SetInt64(v)
		if got := integer(&e); got != large {
			t.Errorf("%d: got %d", v, got)
		}
	}
	var half, power fr.Element
	half.SetUint64(2)
	half.Inverse(&half)
	for i := range 3 { // a small word above others
		power.SetOne()
		for range 64 * (i + 1) {
			power.Double(&power)
		}
		for _, e := range []fr.Element{half, power, *new(fr.Element).Neg(&power)} {
			if got := integer(&e); got != large {
				t.Errorf("%v: got %d", &e, got)
			}
		}
	}
}

// TestSplit adds up what values are split into.
func TestSplit(t *testing.T) {
	t.Parallel()
	var third fr.Element
	third.SetUint64(3)
	third.Inverse(&third)
	integers := func(lo, hi int64) (out []fr.Element) {
		for i := range int64(100) {
			out = append(out, *new(fr.Element).SetInt64([]int64{lo, hi, i}[i%3]))
		}
		return out
	}
	thirds := slices.Repeat([]fr.Element{third}, 20)
	for name, c := range map[string]struct {
		x    []fr.Element
		want string
	}{
		"none":         {nil, ""},
		"zeros":        {make([]fr.Element, 50), ""},
		"8 bits":       {integers(-128, 127), "int8"},
		"16 bits":      {integers(-32768, 128), "int16"},
		"32 bits":      {integers(-32769, math.MaxInt32), "int32"},
		"large":        {thirds, "fr"},
		"few integers": {append(integers(-1, 1), thirds...), "fr"},
		"both":         {append(slices.Repeat(integers(-1, 1), 6), thirds...), "fr int8"},
	} {
		sum := make([]fr.Element, len(c.x))
		got := ""
		for _, part := range newValues(slices.Clone(c.x)).split() {
			if part.Len() != len(c.x) {
				t.Errorf("%s: %d scalars, want %d", name, part.Len(), len(c.x))
			}
			kind := map[string]string{"accel.Elements": "fr", "accel.Ints[int8]": "int8",
				"accel.Ints[int16]": "int16", "accel.Ints[int32]": "int32"}[fmt.Sprintf("%T", part)]
			if got != "" {
				got += " "
			}
			got += kind
			switch x := part.(type) {
			case accel.Elements:
				plus(sum, x, func(e fr.Element) fr.Element { return e })
			case accel.Ints[int8]:
				plus(sum, x, element[int8])
			case accel.Ints[int16]:
				plus(sum, x, element[int16])
			case accel.Ints[int32]:
				plus(sum, x, element[int32])
			}
		}
		if got != c.want || !slices.Equal(sum, c.x) {
			t.Errorf("%s: split into %q, want %q", name, got, c.want)
		}
	}
	skip := []bool{false, true, false, false, true}
	x := []fr.Element{third, third, third, {}, third}
	kept := newValues(x).without(skip, 1)
	if len(kept) != 1 || !slices.Equal(kept[0].(accel.Elements), accel.Elements{third, {}}) {
		t.Errorf("kept %v", kept)
	}
}

func element[I accel.Int](x I) fr.Element { return *new(fr.Element).SetInt64(int64(x)) }

func plus[E any](sum []fr.Element, x []E, to func(E) fr.Element) {
	for i := range x {
		e := to(x[i])
		sum[i].Add(&sum[i], &e)
	}
}
