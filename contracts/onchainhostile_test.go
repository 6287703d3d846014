// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/internal/evmtest"
)

// honestDense multiplies four signed bytes, in cells 0 to 3, by two rows of weights into cells 4 and 5, which a
// constant has cleared. Lanes have 16 bits.
func honestDense() rawDense {
	return rawDense{source: 0, cells: 4, least: -128, greatest: 127, from: 0, to: 4, rows: 2, rowStride: 1, lane: 16, together: 1,
		terms: 4, termStride: 1, places: 1, mapping: rawMap(1, 0)}
}

// denseWeights are biases 5 and −7 and rows (1, 2, 3, 4) and (−4, −3, −2, −1).
var denseWeights = slices.Concat(lanes(16, 5+1<<15, -7+1<<15), lanes(16, 1, -4), lanes(16, 2, -3), lanes(16, 3, -2), lanes(16, 4, -1))

var clearTwo = fields(1, 5, 4, 4, 4, 2, 1, 0, 8, 0, 4, 0)

// denseAttempt evaluates d on (−1, 2, −3, 4): 5 + 1·−1 + 2·2 + 3·−3 + 4·4 = 15 and −7 + 4 − 6 + 6 − 4 = −7.
func denseAttempt(d rawDense, data []byte) attempt {
	return attempt{
		rawList(6, []rawLayer{{[][]byte{rawRegion(0, 4, 1, -128, 127)}, [][]byte{clearTwo, d.bytes()}}}, rawRegion(4, 2, 2, -32768, 32767)),
		data, []byte{127, 130, 125, 132},
	}
}

// togetherAttempt multiplies cells 0 and 1, −1 and 2, each by the weights of two rows, at two places that are
// computed together unless d is changed. Cells 4 to 7 are the result.
func togetherAttempt(change func(d *rawDense), weights ...int64) attempt {
	d := honestDense()
	d.together, d.terms, d.places, d.placeFrom, d.placeTo = 2, 1, 2, 1, 2
	change(&d)
	clearFour := fields(1, 5, 4, 4, 4, 4, 1, 0, 8, 0, 4, 0)
	return attempt{
		rawList(8, []rawLayer{{[][]byte{rawRegion(0, 4, 1, -128, 127)}, [][]byte{clearFour, d.bytes()}}}, rawRegion(4, 4, 2, -32768, 32767)),
		slices.Concat(lanes(16, 1<<15, 1<<15), lanes(16, weights...)), []byte{127, 130, 125, 132},
	}
}

// TestTogether: places that are computed together have the results that they have alone, with weights of either
// sign.
func TestTogether(t *testing.T) {
	t.Parallel()
	for _, weights := range [][]int64{{1, 2}, {-3, 100}, {100, -3}, {-128, -128}} {
		var results [2][]byte
		for i := range results {
			c := evmtest.Embedded(t)
			try := togetherAttempt(func(d *rawDense) { d.together = int64(1 + i) }, weights...)
			got, result := try.verdict(t, c, evmtest.Deploy(t, c, "OnchainModel"))
			if got != "" {
				t.Fatalf("weights %d, %d together: verdict %q", weights, 1+i, got)
			}
			results[i] = result
		}
		if !bytes.Equal(results[0], results[1]) {
			t.Errorf("weights %d: alone %x, together %x", weights, results[0], results[1])
		}
	}
}

// opAttempt executes one op on eight signed bytes, in cells 0 to 7 of 16, and returns cells 8 to 9.
func opAttempt(op []byte) attempt {
	return attempt{
		rawList(16, []rawLayer{{[][]byte{rawRegion(0, 8, 1, -128, 127)}, [][]byte{op}}}, rawRegion(8, 2, 8, -1<<60, 1<<60)),
		bytes.Repeat([]byte{1}, 64), []byte{128, 129, 130, 131, 132, 133, 134, 135},
	}
}

// TestHostileLists has the contract check layer lists that are wrong in one place. It must say so, and it must
// accept what is right.
func TestHostileLists(t *testing.T) {
	t.Parallel()
	dense := func(change func(d *rawDense)) attempt {
		d := honestDense()
		change(&d)
		return denseAttempt(d, denseWeights)
	}
	nest := func(kind, to, a, b int64, outer, inner []byte) attempt {
		return opAttempt(slices.Concat(fields(1, 2, 1, kind, 4, to, 4, a, 4, b), outer, inner))
	}
	none := []byte{0}
	linear := func(to, count, source int64) attempt {
		return opAttempt(fields(1, 3, 4, to, 4, count, 8, 0, 1, 1, 4, source, 8, 1))
	}
	mapped := func(m []byte) attempt { return opAttempt(slices.Concat(fields(1, 4, 4, 8, 4, 0, 4, 2), m)) }
	undefined := honestDense()
	undefined.source, undefined.from, undefined.to = 8, 8, 0
	good := denseAttempt(honestDense(), denseWeights)
	in, out := rawRegion(0, 1, 1, 0, 255), rawRegion(1, 1, 1, 0, 255)
	copying := fields(1, 3, 4, 1, 4, 1, 8, 0, 1, 1, 4, 0, 8, 1)
	one := rawList(2, []rawLayer{{[][]byte{in}, [][]byte{copying}}}, out)
	change := func(at int, to byte) []byte {
		list := bytes.Clone(one)
		list[at] = to
		return list
	}
	regions := func(r []byte) attempt {
		return attempt{rawList(2, []rawLayer{{[][]byte{r}, [][]byte{copying}}}, out), nil, []byte{7}}
	}
	for _, test := range []struct {
		name string
		try  attempt
		want string
	}{
		{"good dense", good, ""},
		{"good copy", attempt{one, nil, []byte{9}}, ""},

		{"no header", attempt{one[:7], nil, nil}, "ListInvalid"},
		{"no layers", attempt{change(7, 0), nil, nil}, "ListInvalid"},
		{"no table of offsets", attempt{one[:12], nil, nil}, "ListInvalid"},
		{"first offset", attempt{change(11, 17), nil, nil}, "ListInvalid"},
		{"last offset", attempt{change(15, one[15]+1), nil, nil}, "ListInvalid"},
		{"offset beyond the list", attempt{change(14, 200), nil, nil}, "ListInvalid"},
		{"byte more", attempt{append(bytes.Clone(one), 0), nil, nil}, "ListInvalid"},
		{"byte less", attempt{one[:len(one)-1], nil, nil}, "ListInvalid"},
		{"op less", attempt{change(44, 0), nil, nil}, "ListInvalid"},
		{"op more", attempt{change(44, 2), nil, nil}, "ListInvalid"},
		{"huge frame", attempt{change(1, 1), nil, nil}, "CellOutOfRange"},
		{"op 0", opAttempt([]byte{0}), "OpUnknown"},
		{"op 9", opAttempt([]byte{9}), "OpUnknown"},

		{"region of no cells", regions(rawRegion(0, 0, 1, 0, 255)), "ParameterInvalid"},
		{"region of 3 bytes", regions(rawRegion(0, 1, 3, 0, 255)), "ParameterInvalid"},
		{"region too narrow", regions(rawRegion(0, 1, 1, 0, 256)), "ParameterInvalid"},
		{"region too narrow below", regions(rawRegion(0, 1, 1, -129, 0)), "ParameterInvalid"},
		{"region too narrow above", regions(rawRegion(0, 1, 1, -1, 128)), "ParameterInvalid"},
		{"region of an empty range", regions(rawRegion(0, 1, 1, 2, 1)), "ParameterInvalid"},
		{"region beyond 2^60", regions(rawRegion(0, 1, 8, 0, 1<<60+1)), "ParameterInvalid"},
		{"region beyond the frame", regions(rawRegion(1, 2, 1, 0, 255)), "CellOutOfRange"},
		{"output without a value", attempt{rawList(3, []rawLayer{{[][]byte{in}, [][]byte{copying}}}, rawRegion(2, 1, 1, 0, 255)), nil, nil}, "CellUndefined"},
		{"value that another layer had", attempt{rawList(3, []rawLayer{
			{[][]byte{in}, [][]byte{copying}}, {[][]byte{out}, [][]byte{fields(1, 3, 4, 2, 4, 1, 8, 0, 1, 1, 4, 0, 8, 1)}},
		}, rawRegion(2, 1, 1, 0, 255)), nil, nil}, "CellUndefined"},

		{"linear of an undefined cell", linear(8, 2, 8), "CellUndefined"},
		{"linear beyond the frame", linear(8, 2, 15), "CellOutOfRange"},
		{"linear to beyond the frame", linear(15, 2, 0), "CellOutOfRange"},
		{"linear of a huge count", linear(8, 1<<32-1, 0), "CellOutOfRange"},
		{"map multiplier 0", mapped(rawMap(0, 1)), "ParameterInvalid"},
		{"map multiplier negative", mapped(rawMap(-1, 1)), "ParameterInvalid"},
		{"map shift", mapped(rawMap(1, 49)), "ParameterInvalid"},
		{"table of no bytes", mapped(rawTable(0, 8, 0, 0, 0, 0)), "ParameterInvalid"},
		{"table of 8 bytes", mapped(rawTable(0, 8, 0, 8, 0, 0)), "ParameterInvalid"},
		{"table base", mapped(rawTable(0, 8, 0, 1, 1<<60, 0)), "ParameterInvalid"},
		{"table beyond the data", mapped(rawTable(0, 65, 0, 1, 0, 0)), "DataOutOfRange"},
		{"const of 8 bytes", opAttempt(fields(1, 5, 4, 8, 4, 2, 1, 8, 8, 0, 4, 0)), "ParameterInvalid"},
		{"const base", opAttempt(fields(1, 5, 4, 8, 4, 2, 1, 0, 8, 1<<62, 4, 0)), "ParameterInvalid"},
		{"const beyond the data", opAttempt(fields(1, 5, 4, 8, 4, 2, 1, 7, 8, 0, 4, 51)), "DataOutOfRange"},
		{"pick beyond the frame", opAttempt(fields(1, 6, 4, 8, 4, 2, 4, 0)), "CellOutOfRange"}, // cell 0x010101
		{"pick beyond the data", opAttempt(fields(1, 6, 4, 8, 4, 2, 4, 59)), "DataOutOfRange"},
		{"divide of an undefined cell", opAttempt(fields(1, 7, 4, 8, 4, 0, 4, 7, 4, 2)), "CellUndefined"},
		{"gather of no rows", opAttempt(fields(1, 8, 4, 8, 4, 0, 4, 4, 4, 1, 4, 0, 4, 2, 4, 1)), "ParameterInvalid"},
		{"gather of huge rows", opAttempt(fields(1, 8, 4, 8, 4, 0, 4, 4, 4, 1<<16, 4, 1<<16, 4, 2, 4, 1)), "ParameterInvalid"},
		{"gather of undefined rows", opAttempt(fields(1, 8, 4, 8, 4, 0, 4, 4, 4, 1, 4, 9, 4, 2, 4, 1)), "CellUndefined"},
		{"gather over its rows", opAttempt(fields(1, 8, 4, 3, 4, 0, 4, 4, 4, 1, 4, 4, 4, 2, 4, 1)), "RegionsOverlap"},
		{"gather over its indices", opAttempt(fields(1, 8, 4, 4, 4, 0, 4, 4, 4, 1, 4, 4, 4, 2, 4, 1)), "RegionsOverlap"},

		{"nest of another kind", nest(3, 4, 0, 0, none, none), "ParameterInvalid"},
		{"nest to undefined cells", nest(1, 8, 0, 0, none, none), "CellUndefined"},
		{"nest over its operand", nest(1, 0, 0, 0, none, none), "RegionsOverlap"},
		{"nest over its second operand", nest(0, 1, 0, 1, none, none), "RegionsOverlap"},
		{"nest of extent 0", nest(1, 4, 0, 0, fields(1, 1, 4, 0, 4, 1, 4, 1, 4, 1), none), "ExtentInvalid"},
		{"nest of a huge extent", nest(1, 4, 0, 0, fields(1, 1, 4, 1<<17, 4, 1, 4, 1, 4, 1), none), "ExtentInvalid"},
		{"nest before the frame", nest(1, 4, 0, 0, fields(1, 1, 4, 2, 4, 1, 4, -1, 4, 0), none), "CellOutOfRange"},
		{"nest beyond what there is", nest(1, 0, 4, 0, fields(1, 1, 4, 2, 4, 1, 4, 4, 4, 0), none), "CellUndefined"},
		{"nest with terms beyond", nest(2, 0, 4, 0, none, fields(1, 1, 4, 5, 4, 1, 4, 0)), "CellUndefined"},

		{"dense without weights", denseAttempt(honestDense(), nil), "DataOutOfRange"},
		{"dense with a word less", denseAttempt(honestDense(), denseWeights[:len(denseWeights)-1]), "DataOutOfRange"},
		{"dense of a source beyond the frame", dense(func(d *rawDense) { d.cells = 7 }), "CellOutOfRange"},
		{"dense of an undefined source", opAttempt(undefined.bytes()), "CellUndefined"},
		{"dense that reads beyond its source", dense(func(d *rawDense) { d.from = 1 }), "ParameterInvalid"},
		{"dense that reads before its source", dense(func(d *rawDense) { d.source, d.cells = 1, 3 }), "ParameterInvalid"},
		{"dense with a long stride", dense(func(d *rawDense) { d.termStride = 2 }), "ParameterInvalid"},
		{"dense to an undefined cell", dense(func(d *rawDense) { d.to = 5 }), "CellOutOfRange"},
		{"dense over its source", dense(func(d *rawDense) { d.to = 2 }), "RegionsOverlap"},
		{"dense with all rows in one cell", dense(func(d *rawDense) { d.rowStride = 0 }), "ParameterInvalid"},
		{"dense of no rows", dense(func(d *rawDense) { d.rows = 0 }), "ParameterInvalid"},
		{"dense with lanes of 7 bits", dense(func(d *rawDense) { d.lane = 7 }), "ParameterInvalid"},
		{"dense with lanes of 61 bits", dense(func(d *rawDense) { d.lane = 61 }), "ParameterInvalid"},
		{"dense with no places together", dense(func(d *rawDense) { d.together = 0 }), "ParameterInvalid"},
		{"dense with more places than fit", dense(func(d *rawDense) { d.together = 9 }), "ParameterInvalid"},
		{"dense with places backwards", dense(func(d *rawDense) { d.together, d.placeFrom = 2, -1 }), "ParameterInvalid"},
		{"dense with weights of the next place", togetherAttempt(func(*rawDense) {}, 1, 2, 5), "LaneOverflow"},
		{"dense with a weight past all rows", togetherAttempt(func(*rawDense) {}, 1, 2, 0, 0, 0, 0, -1), "LaneOverflow"},
		{"dense with a place together with none", togetherAttempt(func(d *rawDense) { d.places, d.placeFrom = 1, 30 }, 1, 2), "ParameterInvalid"},
		{"dense with an empty range", dense(func(d *rawDense) { d.least = 128 }), "ParameterInvalid"},
		{"dense with a wide range", dense(func(d *rawDense) { d.least = -1 << 61 }), "ParameterInvalid"},
		{"dense with sums wider than lanes", dense(func(d *rawDense) { d.greatest = 1 << 13 }), "LaneOverflow"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := evmtest.Embedded(t)
			if got, _ := test.try.verdict(t, c, evmtest.Deploy(t, c, "OnchainModel")); got != test.want {
				t.Errorf("got verdict %q, want %q", got, test.want)
			}
		})
	}
}

// TestLaneLimits approaches the limits of lanes from both sides. Sums that just fit are exact.
func TestLaneLimits(t *testing.T) {
	t.Parallel()
	// One row of lane 16 with cells from −128 to 127: 127 P + 128 N + bias ≤ 2¹⁵ − 1 and
	// −128 P − 127 N + bias ≥ −2¹⁵.
	row := func(least, bias int64, weights ...int64) attempt {
		d := honestDense()
		d.rows, d.least = 1, least
		data := lanes(16, bias+1<<15)
		for _, w := range weights {
			data = append(data, lanes(16, w)...)
		}
		a := denseAttempt(d, data)
		a.list = rawList(6, []rawLayer{{[][]byte{rawRegion(0, 4, 1, -128, 127)}, [][]byte{clearTwo, d.bytes()}}}, rawRegion(4, 1, 2, -32768, 32767))
		return a
	}
	low, high := bytes.Repeat([]byte{0}, 4), bytes.Repeat([]byte{255}, 4)
	for _, test := range []struct {
		name  string
		try   attempt
		input []byte
		want  string // verdict
		sum   int64
	}{
		{"most", row(-127, 1, 65, 65, 65, 63), high, "", 32767},
		{"one more", row(-127, 2, 65, 65, 65, 63), high, "LaneOverflow", 0},
		{"least", row(-128, 0, 64, 64, 64, 64), low, "", -32768},
		{"one less", row(-128, -1, 64, 64, 64, 64), low, "LaneOverflow", 0},
		{"least of negative weights", row(-128, 0, -128, 0, 0, -128), low, "LaneOverflow", 0},
		{"a weight of the whole lane", row(-128, 0, 0, 0, 0, -1<<15), low, "LaneOverflow", 0},
		{"magnitudes that wrap", row(-128, 0, -1<<15, -1<<15, 1<<14, 1<<14), low, "LaneOverflow", 0},
	} {
		c := evmtest.Embedded(t)
		test.try.input = test.input
		got, out := test.try.verdict(t, c, evmtest.Deploy(t, c, "OnchainModel"))
		if got != test.want {
			t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			continue
		}
		if test.want == "" {
			if sum := int64(out[0])<<8 + int64(out[1]) - 1<<15; sum != test.sum {
				t.Errorf("%s: got sum %d, want %d", test.name, sum, test.sum)
			}
		}
	}
}
