// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/graph"
)

// TestOperatorFunctions compares the functions that operators are lowered to with
// values from their definitions.
func TestOperatorFunctions(t *testing.T) {
	t.Parallel()
	e, inf := math.E, math.Inf(1)
	ln2 := math.Ln2
	for _, c := range []struct {
		f           string
		params      []float64
		x, y        []float64
		nonNegative bool
	}{
		{"leakyrelu", []float64{0.25}, []float64{-4, 0, 3}, []float64{-1, 0, 3}, false},
		{"elu", []float64{2, 1}, []float64{-1, 0, 3, -inf}, []float64{2/e - 2, 0, 3, -2}, false},
		{"elu", []float64{1, 2}, []float64{-2, 3}, []float64{1/e - 1, 3}, false},
		{"threshold", []float64{1}, []float64{-2, 0.5, 1, 1.5}, []float64{0, 0, 0, 1.5}, false},
		{"swish", []float64{1}, []float64{0, 1, -1, 800}, []float64{0, e / (1 + e), -1 / (1 + e), 800}, false},
		{"swish", []float64{2}, []float64{0.5}, []float64{e / (1 + e) / 2}, false},
		{"hardswish", nil, []float64{-4, -3, 0, 1, 3, 9}, []float64{0, 0, 0, 2. / 3, 3, 9}, false},
		{"softplus", nil, []float64{0, 1, -1, 800, -800}, []float64{ln2, math.Log(1 + e), math.Log(1 + 1/e), 800, 0}, true},
		{"softsign", nil, []float64{0, 1, -3}, []float64{0, 0.5, -0.75}, false},
		// softplus(ln 2) = ln 3 and tanh(ln 3) = 4/5
		{"mish", nil, []float64{0, ln2, -800, 800}, []float64{0, ln2 * 0.8, 0, 800}, false},
		// Φ(1) by its table
		{"gelu", nil, []float64{0, 1, -1, 40}, []float64{0, 0.8413447460685429, -0.15865525393145707, 40}, false},
		{"gelutanh", nil, []float64{0, 40, -40}, []float64{0, 40, 0}, false},
		{"abs", nil, []float64{-2, 0, 3}, []float64{2, 0, 3}, true},
		{"sign", nil, []float64{-2, 0, 3}, []float64{-1, 0, 1}, false},
		{"step", nil, []float64{-2, 0, 1e-300}, []float64{0, 0, 1}, true},
		{"iszero", nil, []float64{-1e-300, 0, 3}, []float64{0, 1, 0}, true},
		{"floor", nil, []float64{-1.5, 2, 2.9}, []float64{-2, 2, 2}, false},
		{"ceil", nil, []float64{-1.5, 2, 2.1}, []float64{-1, 2, 3}, false},
		{"trunc", nil, []float64{-1.5, 2, 2.9}, []float64{-1, 2, 2}, false},
		{"round", nil, []float64{-1.5, -0.5, 0.5, 1.4, 2.5}, []float64{-2, 0, 0, 1, 2}, false},
		{"fakequant", []float64{0.5, 2, -128, 127}, []float64{0.25, 0.75, -0.75, 70, -90}, []float64{0, 1, -1, 62.5, -65}, false},
		{"fakequant", []float64{2, 3, 3, 255}, []float64{-5, 5, 4.5, 1000}, []float64{0, 4, 4, 504}, true},
		{"log", nil, []float64{1, e}, []float64{0, 1}, false},
		{"sqrt", nil, []float64{0, 9}, []float64{0, 3}, true},
		{"rsqrt", nil, []float64{1, 16}, []float64{1, 0.25}, true},
		{"reciprocal", nil, []float64{-2, 4}, []float64{-0.5, 0.25}, false},
		{"pow", []float64{3}, []float64{-2, 0, 3}, []float64{-8, 0, 27}, false},
		{"pow", []float64{-0.5}, []float64{4}, []float64{0.5}, false},
		{"erf", nil, []float64{0, 1, -1}, []float64{0, 0.8427007929497149, -0.8427007929497149}, false},
		{"sin", nil, []float64{0, math.Pi / 6}, []float64{0, 0.5}, false},
		{"cos", nil, []float64{0, math.Pi / 3}, []float64{1, 0.5}, false},
		{"tan", nil, []float64{0, math.Pi / 4, -math.Pi / 4}, []float64{0, 1, -1}, false},
		{"atan", nil, []float64{0, 1, -1, inf}, []float64{0, math.Pi / 4, -math.Pi / 4, math.Pi / 2}, false},
		// eˡⁿ² = 2
		{"sinh", nil, []float64{0, ln2, -ln2}, []float64{0, 0.75, -0.75}, false},
		{"cosh", nil, []float64{0, ln2, -ln2}, []float64{1, 1.25, 1.25}, true},
	} {
		f := graph.Func{Name: c.f, Params: c.params}
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		for i, x := range c.x {
			if got := f.At(x); !cmp.Equal(got, c.y[i], cmpopts.EquateApprox(1e-14, 1e-15)) {
				t.Errorf("%v at %v is %v, want %v", f, x, got, c.y[i])
			}
		}
		if f.NonNegative() != c.nonNegative {
			t.Errorf("%v: NonNegative is %v", f, f.NonNegative())
		}
	}
}
