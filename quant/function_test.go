// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
)

// reference is the working precision of the second evaluator, in bits.
const reference = 700

func number(x float64) *big.Float { return new(big.Float).SetPrec(reference).SetFloat64(x) }

// lambert returns tanh(x) by Lambert's continued fraction
//
//	tanh x = x / (1 + x²/(3 + x²/(5 + …)))
//
// which shares nothing with a Taylor series.
func lambert(x *big.Float) *big.Float {
	square := new(big.Float).Mul(x, x)
	d := number(801)
	for k := 799.0; k >= 1; k -= 2 {
		d = new(big.Float).Add(number(k), new(big.Float).Quo(square, d))
	}
	return new(big.Float).Quo(x, d)
}

// references are the functions in terms of tanh.
var references = map[string]func(x *big.Float) *big.Float{
	"tanh": lambert,
	"sigmoid": func(x *big.Float) *big.Float { // (1 + tanh(x/2))/2
		t := lambert(new(big.Float).Quo(x, number(2)))
		return t.Quo(t.Add(t, number(1)), number(2))
	},
	"exp": func(x *big.Float) *big.Float { // (1 + t)/(1 − t), t = tanh(x/2)
		t := lambert(new(big.Float).Quo(x, number(2)))
		return new(big.Float).Quo(new(big.Float).Add(number(1), t), new(big.Float).Sub(number(1), t))
	},
}

// agreement returns the number of bits to which got and want agree.
func agreement(got, want *big.Float) int {
	d := number(0).Sub(number(0).Set(got), want)
	if d.Sign() == 0 {
		return reference
	}
	return want.MantExp(nil) - d.MantExp(nil)
}

func TestExactAgainstContinuedFraction(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for name, f := range quant.ExactFuncs {
		xs := []float64{1, -1, 0.5, 1e-3, -1e-3, 0x1p-30, 10, -10, 30, -30}
		for range 40 {
			xs = append(xs, 20*rng.NormFloat64())
		}
		for _, x := range xs {
			got := f(new(big.Float).SetPrec(256).SetFloat64(x))
			if bits := agreement(got, references[name](number(x))); bits < 210 {
				t.Errorf("%s(%g) = %.30g agrees to %d bits with the continued fraction, want 210", name, x, got, bits)
			}
		}
	}
	if len(references) != len(quant.ExactFuncs) {
		t.Errorf("%d functions have an exact evaluator, %d a reference", len(quant.ExactFuncs), len(references))
	}
}

// TestExactDigits compares with decimals of the literature.
func TestExactDigits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f    string
		x    float64
		want string
	}{
		{"exp", 1, "2.71828182845904523536028747135266249775724709369995957496696762772407663035354759457"},
		{"exp", 0, "1"},
		{"tanh", 1, "0.76159415595576488811945828260479359041276859725793655159681050012195324457663848345"},
		{"tanh", 0, "0"},
		{"sigmoid", 1, "0.73105857863000487925115924182183627436514464016505651927636590791904045307"},
		{"sigmoid", 0, "0.5"},
	} {
		want, _, err := big.ParseFloat(c.want, 10, reference, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		got := quant.ExactFuncs[c.f](new(big.Float).SetPrec(256).SetFloat64(c.x))
		if bits := agreement(got, want); bits < 230 {
			t.Errorf("%s(%g) = %.40g agrees to %d bits, want 230", c.f, c.x, got, bits)
		}
	}
}

// TestExactAgainstMath compares with package math, whose functions are right to
// about one unit in the last place.
func TestExactAgainstMath(t *testing.T) {
	t.Parallel()
	for name, f := range quant.ExactFuncs {
		for q := -4000; q <= 4000; q += 7 {
			x := float64(q) / 200
			got, _ := f(new(big.Float).SetPrec(256).SetFloat64(x)).Float64()
			want := graph.Func{Name: name}.At(x)
			if math.Abs(got-want) > 4e-16*math.Abs(want) {
				t.Errorf("%s(%g) = %v, math says %v", name, x, got, want)
			}
		}
	}
}

// TestRoundedValueIsExact: the shortcut through float64 never decides otherwise
// than the exact evaluator, on random scales and on those that put the result at
// the edge between two integers.
func TestRoundedValueIsExact(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(2, 2))
	for name := range quant.ExactFuncs {
		f := graph.Func{Name: name}
		for range 400 {
			q, in := rng.Int64N(4001)-2000, math.Exp(-10*rng.Float64())
			out := math.Exp(-10 * rng.Float64())
			if rng.IntN(2) == 0 { // f(x)/out is k + 1/2, up to rounding
				out = f.At(float64(q)*in) / (float64(rng.IntN(200)) + 0.5)
			}
			if name == "exp" {
				q = min(q, int64(600/in))
			}
			got, err := quant.RoundedValue(f, q, in, out)
			if err != nil {
				t.Fatal(err)
			}
			if want := quant.ExactValue(f, q, in, out); out > 0 && got != want {
				t.Errorf("%s(%d·%g)/%g rounds to %d, exactly %d", name, q, in, out, got, want)
			}
		}
	}
}

// TestRoundedValueEdges: ties go toward +∞, and nothing wraps.
func TestRoundedValueEdges(t *testing.T) {
	t.Parallel()
	const end = int64(1) << 62
	for _, c := range []struct {
		f       string
		q       int64
		in, out float64
		want    int64
	}{
		{"sigmoid", 0, 1, 1, 1},       // 0.5
		{"sigmoid", 0, 1, 0.2, 2},     // 2.5, but 0.2 is a little more than 1/5
		{"sigmoid", 0, 1, 0.5, 1},     // 1
		{"exp", 0, 1, 2, 1},           // 0.5
		{"exp", 0, 1, 0.4, 2},         // 2.5, but 0.4 is a little more than 2/5
		{"exp", -1000, 1, 1, 0},       // underflow
		{"exp", 1000, 1, 1, end},      // overflow of float64
		{"exp", 1 << 40, 1, 1, end},   // beyond the exact evaluator
		{"exp", -1 << 40, 1, 1e-9, 0}, // the same
		{"tanh", 1 << 40, 1, 1, 1},
		{"tanh", -1 << 40, 1, 1, -1},
		{"tanh", -1, 1e-9, 1e-30, -end},
		{"sigmoid", -1 << 40, 1, 1, 0},
		{"sigmoid", 1 << 40, 1, 1, 1},
	} {
		got, err := quant.RoundedValue(graph.Func{Name: c.f}, c.q, c.in, c.out)
		if err != nil || got != c.want {
			t.Errorf("%s(%d·%g)/%g = %d, %v; want %d", c.f, c.q, c.in, c.out, got, err, c.want)
		}
	}
	if _, err := quant.RoundedValue(graph.Func{Name: "relu"}, 1, 1, 1); err == nil {
		t.Error("a function without an exact evaluator was accepted")
	}
}

// TestTablesAreTheSameEverywhere pins the SHA-256 of three tables of 4,097 rows,
// arguments from −2048 to 2048, as little-endian 64-bit integers. A different
// digest on some machine means that its programs have different digests, too. The
// digests agree with tables made with 80 decimals by another language.
func TestTablesAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in, out float64
		sha256  string
	}{
		"tanh":    {1.0 / 256, 1.0 / 32767, "dc7ee0a63294edd0b22ad1f767e109ae004eb3302d64f66f8789f159b559e130"},
		"sigmoid": {1.0 / 128, 1.0 / 65535, "ef055657b3512c5b452331c1d37e22d7e8927a94b03b981d86c4bb55f1629ffe"},
		"exp":     {1.0 / 512, 1.0 / 4096, "2d83d7de1fce22e7853b2526a40d1df2232ba6934d3ba9dce39f7a37f43451b2"},
	} {
		h := sha256.New()
		for q := int64(-2048); q <= 2048; q++ {
			y, err := quant.RoundedValue(graph.Func{Name: name}, q, c.in, c.out)
			if err != nil {
				t.Fatal(err)
			}
			binary.Write(h, binary.LittleEndian, y)
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != c.sha256 {
			t.Errorf("%s: SHA-256 %s, want %s", name, got, c.sha256)
		}
	}
}
