// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/internal/evmtest"
)

// An onchainFault removes one defence of OnchainModel. The attack that it is for must fail on the true contract,
// with the error of the defence, and succeed on the contract without any.
type onchainFault struct {
	name, file, old string
	attack          attempt
	want            string
}

func onchainFaults() []onchainFault {
	hostile := hostileValues()
	value := func(name string) attempt { return hostile[name].try }
	// Two rows of 8000, whose sums over four cells of 127 fit neither lanes of 16 bits nor the output: whatever
	// is returned is wrong.
	heavy := lanes(16, 1<<15, 1<<15)
	for range 4 {
		heavy = append(heavy, lanes(16, 8000, 8000)...)
	}
	full := bytes.Repeat([]byte{255}, 4)
	narrow := honestDense()
	narrow.least, narrow.greatest = 0, 1
	unchecked := denseAttempt(narrow, heavy)
	unchecked.input = full
	overflow := denseAttempt(honestDense(), heavy)
	overflow.input = full
	over := honestDense()
	over.to = 2

	var wrap [][]byte // 4·2⁶²·…·2⁶², five times: 0 modulo 2²⁵⁶
	for range 5 {
		wrap = append(wrap, fields(1, 3, 4, 0, 4, 1, 8, 0, 1, 1, 4, 0, 8, 1<<62))
	}
	in, out := rawRegion(0, 1, 1, 0, 255), rawRegion(1, 1, 1, 0, 255)
	copying := func(to, from int64) []byte { return fields(1, 3, 4, to, 4, 1, 8, 0, 1, 1, 4, from, 8, 1) }
	forgotten := attempt{rawList(3, []rawLayer{
		{[][]byte{in}, [][]byte{copying(1, 0)}}, {[][]byte{out}, [][]byte{copying(2, 0)}},
	}, rawRegion(2, 1, 1, 0, 255)), nil, []byte{7}}
	trailing := attempt{append(rawList(2, []rawLayer{{[][]byte{in}, [][]byte{copying(1, 0)}}}, out), 1), nil, []byte{7}}

	return []onchainFault{
		{"range of a source", "Dense", "if (bad) revert SourceOutOfRange(d.source);", unchecked, "SourceOutOfRange"},
		{"lanes", "", "", overflow, "LaneOverflow"},
		{"weights of the next place", "Lanes", "if (s.together && (t.magnitudes[0] | t.overflow) >> (s.rows * s.lane) != 0) revert LaneOverflow(s.rows);",
			togetherAttempt(func(*rawDense) {}, 1, 2, 5), "LaneOverflow"},
		{"places together", "Check", "if (d.together == 0 || (d.together > 1 && !_together(d))) revert ParameterInvalid();",
			togetherAttempt(func(d *rawDense) { d.places, d.placeFrom = 1, 30 }, 1, 2), "ParameterInvalid"},
		{"table", "Loops", "if (index >= m.entries) revert LookupOutOfRange(y);", value("value above its table"), "LookupOutOfRange"},
		{"table of cells", "Loops", "", value("map below its table"), "LookupOutOfRange"},
		{"2^60", "Machine", "if (bad) revert ValueOutOfRange();", attempt{
			rawList(1, []rawLayer{{[][]byte{rawRegion(0, 1, 1, 0, 255)}, wrap}}, rawRegion(0, 1, 1, 0, 255)), nil, []byte{4}}, "ValueOutOfRange"},
		{"divisors", "Machine", "if (bad) revert DivisorNotPositive();", value("quotient by 0"), "DivisorNotPositive"},
		{"indices", "Machine", "if (bad) revert IndexOutOfRange();", value("row that is not there"), "IndexOutOfRange"},
		{"input", "", "if (bad != 0) revert StateOutOfRange(i);", value("input out of range"), "StateOutOfRange"},
		{"padding", "", "", value("padding"), "StateOutOfRange"},
		{"output", "", "if (bad) revert StateOutOfRange(i);", value("output out of range"), "StateOutOfRange"},
		{"cells without a value", "Cells", "if (s.bits[word] & mask != mask) revert CellUndefined(first, n);", forgotten, "CellUndefined"},
		{"data", "Check", "if (offset + length > s.dataLength) revert DataOutOfRange(offset, length);", denseAttempt(honestDense(), nil), "DataOutOfRange"},
		{"overlap", "Check", "if (to < other.end && other.from < to + count) revert RegionsOverlap();", denseAttempt(over, denseWeights), "RegionsOverlap"},
		{"end of the list", "", "if (next.pos != last) revert ListInvalid();", trailing, "ListInvalid"},
	}
}

var revert = regexp.MustCompile(`revert .*;`)

// TestOnchainPlantedFaults removes all these defences from one contract.
func TestOnchainPlantedFaults(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a large contract")
	}
	faults := onchainFaults()
	sources := map[string]string{}
	files, err := filepath.Glob(filepath.Join("src", "onchain", "*.sol"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, filepath.Join("src", "CodeStorage.sol")) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel("src", file)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.ToSlash(name)] = string(data)
	}
	// What looks at lanes does it twice: at magnitudes, which must not leave them, and at sums.
	const lanes = "onchain/OnchainModelLanes.sol"
	if n := strings.Count(sources[lanes], "revert LaneOverflow(row);"); n != 2 {
		t.Fatalf("lanes are looked at %d times", n)
	}
	for _, f := range faults {
		if f.old == "" {
			continue // the fault before it, or that of lanes
		}
		name := "onchain/OnchainModel" + f.file + ".sol"
		if n := strings.Count(sources[name], f.old); n != 1 {
			t.Fatalf("%s: the code to remove occurs %d times in %s", f.name, n, name)
		}
		sources[name] = strings.Replace(sources[name], f.old, revert.ReplaceAllString(f.old, "{}"), 1)
	}
	sources[lanes] = strings.ReplaceAll(sources[lanes], "revert LaneOverflow(row);", "{ row++; }")
	faulty := evmtest.Compile(t, sources)["OnchainModel"]
	for _, f := range faults {
		c := evmtest.Embedded(t)
		if got, _ := f.attack.verdict(t, c, evmtest.Deploy(t, c, "OnchainModel")); got != f.want {
			t.Errorf("%s: got verdict %q of the true contract, want %q", f.name, got, f.want)
		}
		c = evmtest.Embedded(t)
		got, _ := f.attack.verdict(t, c, deploy(t, c, faulty))
		if got != "" {
			t.Errorf("%s: got verdict %q of the faulty contract, want it to accept", f.name, got)
		}
	}
}
