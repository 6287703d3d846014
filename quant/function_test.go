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

// agreement returns the number of bits to which got and want agree.
func agreement(got, want *big.Float) int {
	d := number(0).Sub(number(0).Set(got), want)
	if d.Sign() == 0 {
		return reference
	}
	return want.MantExp(nil) - d.MantExp(nil)
}

// TestExactAgainstReference compares the two evaluators.
func TestExactAgainstReference(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, c := range references {
		xs := []float64{1, -1, 0.5, 1e-3, -1e-3, 0x1p-30, 10, -10, 30, -30}
		for range 12 {
			xs = append(xs, 20*rng.NormFloat64())
		}
		for _, x := range xs {
			if x <= c.least || x >= c.most {
				continue
			}
			got := quant.Evaluated(c.f, x)
			want := c.want(number(x))
			if bits := agreement(got, want); bits < 200 {
				t.Errorf("%v(%g) = %.30g agrees to %d bits with the reference %.30g, want 200", c.f, x, got, bits, want)
			}
		}
	}
}

// TestEveryFunctionHasAnEvaluator: those without one are compiled to tables that
// need none.
func TestEveryFunctionHasAnEvaluator(t *testing.T) {
	t.Parallel()
	without := map[string]string{
		"relu": "its table is the identity on the positive integers",
		"clip": "its table is the identity between two integers",
	}
	checked := map[string]graph.Func{}
	for _, c := range references {
		checked[c.f.Name] = c.f
	}
	for _, name := range graph.FuncNames() {
		f, ok := checked[name]
		if _, none := without[name]; none == ok {
			t.Errorf("%s: listed without an evaluator: %v, has a reference: %v", name, none, ok)
		}
		if ok && !quant.Evaluates(f) {
			t.Errorf("%s has no evaluator", name)
		}
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
		{"log", 2, "0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586"},
		{"log", 10, "2.30258509299404568401799145468436420760110148862877297603332790096757260967735248023599"},
		{"sqrt", 2, "1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038"},
		{"erf", 1, "0.84270079294971486934122063508260925929606699796630290845993789783471725409600526"},
		{"erf", 0, "0"},
		{"sin", 1, "0.84147098480789650665250232163029899962256306079837106567275170999191040439123966894863"},
		{"cos", 1, "0.54030230586813971740093660744297660373231042061792222767009725538110039477447176451795"},
		{"tan", 1, "1.55740772465490223050697480745836017308725077238152003838394660569886139715172729555"},
		{"atan", 1, "0.785398163397448309615660845819875721049292349843776455243736148076954101571552249657"},
		{"sinh", 1, "1.17520119364380145688238185059560081515571798133409587022956541301330756730432389560"},
		{"cosh", 1, "1.54308063481524377847790562075706168260152911236586370473740221471076906304922369896"},
	} {
		want, _, err := big.ParseFloat(c.want, 10, reference, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		got := quant.Evaluated(graph.Func{Name: c.f}, c.x)
		if bits := agreement(got, want); bits < 230 {
			t.Errorf("%s(%g) = %.40g agrees to %d bits, want 230", c.f, c.x, got, bits)
		}
	}
}

// TestExactAgainstMath compares with package math, whose functions are right to
// about one unit in the last place.
func TestExactAgainstMath(t *testing.T) {
	t.Parallel()
	for _, c := range references {
		for q := -4000; q <= 4000; q += 37 {
			x := float64(q) / 200
			if x <= max(c.least, c.libm) || x == 0 && c.f.Name != "exp" {
				continue
			}
			got, _ := quant.Evaluated(c.f, x).Float64()
			want := c.f.At(x)
			if math.Abs(got-want) > 2e-14*math.Abs(want) {
				t.Errorf("%v(%g) = %v, math says %v", c.f, x, got, want)
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
	for _, c := range references {
		for range 100 {
			q, in := rng.Int64N(4001)-2000, math.Exp(-10*rng.Float64())
			q = quant.Defined(c.f, q)
			out := math.Exp(-10 * rng.Float64())
			if rng.IntN(2) == 0 { // f(x)/out is k + 1/2, up to rounding
				out = c.f.At(float64(q)*in) / (float64(rng.IntN(200)) + 0.5)
			}
			if c.f.Name == "exp" {
				q = min(q, int64(600/in))
			}
			if !(out > 0) || math.IsInf(out, 1) {
				continue
			}
			got, err := quant.RoundedValue(c.f, q, in, out)
			if err != nil {
				t.Fatal(err)
			}
			if want := quant.ExactValue(c.f, q, in, out); got != want {
				t.Errorf("%v(%d·%g)/%g rounds to %d, exactly %d", c.f, q, in, out, got, want)
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
		params  []float64
	}{
		{"sigmoid", 0, 1, 1, 1, nil},       // 0.5
		{"sigmoid", 0, 1, 0.2, 2, nil},     // 2.5, but 0.2 is a little more than 1/5
		{"sigmoid", 0, 1, 0.5, 1, nil},     // 1
		{"exp", 0, 1, 2, 1, nil},           // 0.5
		{"exp", 0, 1, 0.4, 2, nil},         // 2.5, but 0.4 is a little more than 2/5
		{"exp", -1000, 1, 1, 0, nil},       // underflow
		{"exp", 1000, 1, 1, end, nil},      // overflow of float64
		{"exp", 1 << 40, 1, 1, end, nil},   // beyond the exact evaluator
		{"exp", -1 << 40, 1, 1e-9, 0, nil}, // the same
		{"tanh", 1 << 40, 1, 1, 1, nil},
		{"tanh", -1 << 40, 1, 1, -1, nil},
		{"tanh", -1, 1e-9, 1e-30, -end, nil},
		{"sigmoid", -1 << 40, 1, 1, 0, nil},
		{"sigmoid", 1 << 40, 1, 1, 1, nil},
		{"sin", 1 << 60, 1, 1e-9, -830_649_218, nil},
		{"softplus", -1 << 40, 1, 1, 0, nil},
		{"softplus", 1 << 40, 1, 1, 1 << 40, nil},
		{"gelu", -1 << 40, 1, 1e-300, 0, nil},
		{"gelu", 1 << 40, 1, 1, 1 << 40, nil},
		{"pow", 1 << 40, 1, 1, end, []float64{3}},
		{"pow", 0, 1, 1, 1, []float64{0}},
		{"pow", -2, 1, 1, -8, []float64{3}},
		{"pow", -2, 1, 1, -1 << 17, []float64{17}},
		{"pow", 0, 1, 1, 0, []float64{0.5}},
		// ties, which only exact arithmetic decides
		{"leakyrelu", -3, 1, 1, -1, []float64{0.5}},  // −1.5
		{"leakyrelu", -1, 1, 1, 0, []float64{0.5}},   // −0.5
		{"leakyrelu", -10, 1, 1, -1, []float64{0.1}}, // 0.1 is a little more than 1/10
		{"hardswish", 1, 1.5, 2.25, 1, nil},          // 1.5·4.5/6/2.25 = 1/2
		{"softsign", 1, 1, 1, 1, nil},                // 1/2
		{"reciprocal", 2, 1, 1, 1, nil},              // 1/2
		{"reciprocal", -2, 1, 1, 0, nil},             // −1/2
		{"round", 5, 0.5, 1, 2, nil},                 // 2.5
		{"round", -5, 0.5, 1, -2, nil},               // −2.5
		{"round", 7, 0.5, 1, 4, nil},                 // 3.5
		{"floor", -3, 0.5, 1, -2, nil},
		{"ceil", -3, 0.5, 1, -1, nil},
		{"threshold", 5, 0.1, 1, 1, []float64{0.5}}, // 5·0.1 is a little more than 1/2
		{"threshold", 1, 0.5, 0.5, 0, []float64{0.5}},
		{"trunc", -3, 0.5, 1, -1, nil},
		{"iszero", 0, 1, 1, 1, nil},
		{"iszero", -1, 1e-300, 1, 0, nil},
		{"step", 1, 1e-300, 1, 1, nil},
		{"step", 0, 1, 1, 0, nil},
		{"fakequant", 5, 0.25, 0.5, 2, []float64{0.5, 0, -4, 3}}, // 2.5 steps
		{"fakequant", 9, 0.25, 0.5, 3, []float64{0.5, 0, -4, 3}}, // 4.5 steps
		// not defined: the nearest entry of the table
		{"log", 0, 2, 1, 1, nil}, // ln 2 is nearer to 1
		{"log", -5, 2, 1, 1, nil},
		{"rsqrt", -5, 0.25, 1, 2, nil},
		{"rsqrt", 0, 0.25, 1, 2, nil},
		{"sqrt", -5, 1, 1, 0, nil},
		{"reciprocal", 0, 0.25, 1, 4, nil},
		{"pow", -4, 1, 1, 0, []float64{0.5}},
		{"pow", 0, 0.25, 1, 2, []float64{-0.5}},
		{"pow", 0, 0.25, 1, 4, []float64{-1}},
		{"pow", -4, 0.25, 1, 2, []float64{-0.5}},
	} {
		got, err := quant.RoundedValue(graph.Func{Name: c.f, Params: c.params}, c.q, c.in, c.out)
		if err != nil || got != c.want {
			t.Errorf("%s(%d·%g)/%g = %d, %v; want %d", c.f, c.q, c.in, c.out, got, err, c.want)
		}
	}
	if _, err := quant.RoundedValue(graph.Func{Name: "relu"}, 1, 1, 1); err == nil {
		t.Error("a function without an exact evaluator was accepted")
	}
	if _, err := quant.RoundedValue(fn("elu", 1, math.Inf(1)), 1, 1, 1); err == nil {
		t.Error("an infinite parameter was accepted")
	}
}

// TestTablesAreTheSameEverywhere pins the SHA-256 of tables of 4,097 rows,
// arguments from −2048 to 2048, as little-endian 64-bit integers. A different
// digest on some machine means that its programs have different digests, too. The
// digests of tanh, sigmoid, exp, tan, atan, sinh and cosh agree with tables made with
// 80 decimals by another language.
func TestTablesAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f       graph.Func
		in, out float64
		sha256  string
	}{
		{fn("tanh"), 1.0 / 256, 1.0 / 32767, "dc7ee0a63294edd0b22ad1f767e109ae004eb3302d64f66f8789f159b559e130"},
		{fn("sigmoid"), 1.0 / 128, 1.0 / 65535, "ef055657b3512c5b452331c1d37e22d7e8927a94b03b981d86c4bb55f1629ffe"},
		{fn("exp"), 1.0 / 512, 1.0 / 4096, "2d83d7de1fce22e7853b2526a40d1df2232ba6934d3ba9dce39f7a37f43451b2"},
		{fn("elu", 1.5, 0.75), 1.0 / 128, 1.0 / 4096, "5921668aff0646a4307fab01bd511bb3c680af27972b538fff0a52f4568a02f5"},
		{fn("swish", 1.702), 1.0 / 128, 1.0 / 4096, "54c5fe301553b177023ea0eed40d1523a4a5bbb8094416d2cf0b6fa09438f180"},
		{fn("softplus"), 1.0 / 128, 1.0 / 4096, "c10cdcb9f2d1c80a5cbee615bbb2a62c4b8cb3e731b24f8c576ce0bcfe1a164d"},
		{fn("mish"), 1.0 / 128, 1.0 / 4096, "bd55275a1370dccbb71e18c2d3eecbf6098fb807c9f684338882b345b7bccb01"},
		{fn("gelu"), 1.0 / 128, 1.0 / 4096, "30a92f5b94597ddce90063c263096fc9de06be4d31e6eba151a567fe5005d21f"},
		{fn("gelutanh"), 1.0 / 128, 1.0 / 4096, "3cc0c362138e3a6cb5ecd47a1431816fa0ceac4c21628fdc74ca5b86a233128a"},
		{fn("log"), 1.0 / 128, 1.0 / 4096, "babbb9efd32543d1490fff0d8985b541e250131db08c328fd93e5f24d634252d"},
		{fn("sqrt"), 1.0 / 128, 1.0 / 4096, "19094735f2e8135ee3cf68675a583690b240c5e9fa3a1db7f5d7bd8ca03bd387"},
		{fn("rsqrt"), 1.0 / 128, 1.0 / 4096, "bd67a3fdbd1c4f64e92757740fec73a72de3ae37a7a798f06f3fee9738018c41"},
		{fn("pow", 2.5), 1.0 / 128, 1.0 / 4096, "a390d4ddc9da42ebd244c8c1e647a094e3c3c0f6d56b950c1f147d943a0e617e"},
		{fn("pow", 3), 1.0 / 128, 1.0 / 4096, "708b468c00da6f8a44164e975fbefb25259926f6275e349d81de8ad6fb4946f8"},
		{fn("erf"), 1.0 / 128, 1.0 / 4096, "e56e7355564740e5476dd72c9e72ee07d09a7b23577cfa6d5576c63a702af566"},
		{fn("sin"), 1.0 / 128, 1.0 / 4096, "3adb0d4af542b07883f489a3275b6dd7ed89f77f7caeff7d7aa9debb84c1276f"},
		{fn("cos"), 1.0 / 128, 1.0 / 4096, "2dcfd3ac43afce0b376c4e5ae2c34059d9998d63064933f6415c8d695ddb4c37"},
		{fn("tan"), 1.0 / 128, 1.0 / 4096, "8454bb2fb1a1354d61db81f3cf3c2b4439458b60f39f30cd65e5398f546f152a"},
		{fn("atan"), 1.0 / 128, 1.0 / 4096, "806bee429ba6502fd2d3c789f309807a836b740b844c33a991bc9d397d339b15"},
		{fn("sinh"), 1.0 / 512, 1.0 / 4096, "3afc8d3d9b056923931afa30d7f180212043df7e33ddcef6312575c2e6b37347"},
		{fn("cosh"), 1.0 / 512, 1.0 / 4096, "498b670a5e2ff7fc857845603dbbea94b08ea91b2c0f24736afdf4001ce379d3"},
		{fn("abs"), 1.0 / 128, 1.0 / 4096, "cc4114764bd3ff33dd23517293e64f016962ab9551c97fcbdbd60ed7fb68c3f6"},
		{fn("leakyrelu", 0.3), 1.0 / 128, 1.0 / 4096, "8f4a0219f589c0baf56cd3fc6df038ca0607349b5dddd20df469177ff9f907f3"},
		{fn("threshold", 1.5), 1.0 / 128, 1.0 / 4096, "a9444429885a914e46dcf5d46a40dceeba93e5766ea425b7c276000902065e60"},
		{fn("hardswish"), 1.0 / 128, 1.0 / 4096, "3e542d3e9335e9951306d8a7c5d589f0faabe676d1c4c26bf9401faff3e0f9a8"},
		{fn("softsign"), 1.0 / 128, 1.0 / 4096, "589e26c9adc74fbdf75ad34e72b4cc95c2515d726e493f8fb56740f1ad69fefd"},
		{fn("reciprocal"), 1.0 / 128, 1.0 / 4096, "915d769fe9a8b2d2aa196154940ec563466eb13d9bd6877253b547746273eb36"},
		{fn("sign"), 1.0 / 128, 1.0 / 4096, "3706816c394b920211f43881c9f072e2c3a55889d7d15881c58bc75c1cd1c0b6"},
		{fn("step"), 1.0 / 128, 1.0 / 4096, "048436c4d13a9455c12e127fbfa10e9eecaeca941a11d7e9deb66a5846b8e3ef"},
		{fn("iszero"), 1.0 / 128, 1.0 / 4096, "a9d38f10f44807880ee4de7a2faf889920a37d102c1957622ba1795a9ed6937f"},
		{fn("floor"), 1.0 / 128, 1.0 / 4096, "ad3e222f5488adda4f92c68c5861a95d72f99bc2fd500a15a4d6ddd38d8cf099"},
		{fn("ceil"), 1.0 / 128, 1.0 / 4096, "fc52feaccbb7ba7c3da8c7524c71a22f39280869948736f2e66dd87e0363bed3"},
		{fn("trunc"), 1.0 / 128, 1.0 / 4096, "6f72c039ea32ab2219eb9fa891b02c217c583e67582d7724e60b9857723d96db"},
		{fn("round"), 1.0 / 128, 1.0 / 4096, "a22b26f787fcc971b6458a68c5d3603f9667cb1491e0e4c0cca3cadc43a74551"},
		{fn("fakequant", 0.5, 3, -16, 15), 1.0 / 128, 1.0 / 4096, "5fe9c6505f2f19c02fbdf04a5816cab70d42e26e4a93ebaf192b0c3ab2b7fc1b"},
	} {
		h := sha256.New()
		for q := int64(-2048); q <= 2048; q++ {
			y, err := quant.RoundedValue(c.f, q, c.in, c.out)
			if err != nil {
				t.Fatal(err)
			}
			binary.Write(h, binary.LittleEndian, y)
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != c.sha256 {
			t.Errorf("%v: SHA-256 %s, want %s", c.f, got, c.sha256)
		}
	}
}
