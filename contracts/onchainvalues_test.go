// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// hostileValues are lists that pass the check and meet a value at which they must stop.
func hostileValues() map[string]struct {
	try  attempt
	want string
} {
	type test = struct {
		try  attempt
		want string
	}
	narrow := honestDense()
	narrow.greatest = 3 // the input has a 4
	table := honestDense()
	table.mapping = rawTable(1, 12, -3, 1, 0, 0) // 15/2 rounds to 8, −7/2 to −3; entries −3 … 8
	short := honestDense()
	short.mapping = rawTable(1, 11, -3, 1, 0, 0)
	shortGeneral := honestDense()
	shortGeneral.mapping = rawTable(1, 11, -3, 1, 1, 0)
	late := honestDense()
	late.mapping = rawTable(1, 11, -2, 1, 0, 0)
	mapped := func(m []byte) attempt { return opAttempt(append(fields(1, 4, 4, 8, 4, 0, 4, 2), m...)) } // of 0 and 1
	overflow := rawList(16, []rawLayer{{[][]byte{rawRegion(0, 8, 8, -1<<60, 1<<60)}, [][]byte{
		fields(1, 3, 4, 8, 4, 2, 8, 0, 1, 1, 4, 0, 8, 2)}}}, rawRegion(8, 2, 8, -1<<60, 1<<60))
	wide := bytes.Repeat(fields(8, -1<<63+1<<60), 8) // 2⁶⁰
	padded := rawList(4, []rawLayer{{[][]byte{rawRegion(0, 1, 1, 0, 9), rawRegion(1, 1, 1, 0, 9)}, [][]byte{
		fields(1, 3, 4, 2, 4, 1, 8, 0, 1, 2, 4, 0, 8, 1, 4, 1, 8, 1)}}}, rawRegion(2, 1, 1, 0, 10))
	input := func(list []byte, change func(b []byte) []byte) attempt {
		good := make([]byte, 29)
		good[0], good[28] = 3, 4
		return attempt{list, nil, change(good)}
	}
	narrowOutput := rawList(4, []rawLayer{{[][]byte{rawRegion(0, 1, 1, 0, 9)}, [][]byte{
		fields(1, 3, 4, 2, 4, 1, 8, 0, 1, 1, 4, 0, 8, 2)}}}, rawRegion(2, 1, 1, 0, 9))
	return map[string]test{
		"table":                     {denseAttempt(table, denseWeights), ""},
		"value above its table":     {denseAttempt(short, denseWeights), "LookupOutOfRange"},
		"value above, another path": {denseAttempt(shortGeneral, denseWeights), "LookupOutOfRange"},
		"value below its table":     {denseAttempt(late, denseWeights), "LookupOutOfRange"},
		"source out of range":       {denseAttempt(narrow, denseWeights), "SourceOutOfRange"},
		"map in its table":          {mapped(rawTable(0, 2, 0, 1, 0, 0)), ""},
		"map below its table":       {mapped(rawTable(0, 2, 1, 1, 0, 0)), "LookupOutOfRange"},
		"map above its table":       {mapped(rawTable(0, 1, 0, 1, 0, 0)), "LookupOutOfRange"},
		"map beyond 2^60":           {mapped(rawMap(1<<62, 1)), "ValueOutOfRange"},
		"linear beyond 2^60":        {attempt{overflow, nil, wide}, "ValueOutOfRange"},
		"quotient by 0":             {opAttempt(fields(1, 7, 4, 8, 4, 2, 4, 0, 4, 2)), "DivisorNotPositive"},
		"row that is not there":     {opAttempt(fields(1, 8, 4, 8, 4, 0, 4, 4, 4, 1, 4, 2, 4, 2, 4, 1)), "IndexOutOfRange"},
		"two inputs":                {input(padded, func(b []byte) []byte { return b }), ""},
		"input out of range":        {input(padded, func(b []byte) []byte { b[28] = 10; return b }), "StateOutOfRange"},
		"padding":                   {input(padded, func(b []byte) []byte { b[27] = 1; return b }), "StateOutOfRange"},
		"input with a byte more":    {input(padded, func(b []byte) []byte { return append(b, 0) }), "StateLengthInvalid"},
		"input with a byte less":    {input(padded, func(b []byte) []byte { return b[:28] }), "StateLengthInvalid"},
		"no input":                  {input(padded, func([]byte) []byte { return nil }), "StateLengthInvalid"},
		"output":                    {attempt{narrowOutput, nil, []byte{4}}, ""},
		"output out of range":       {attempt{narrowOutput, nil, []byte{5}}, "StateOutOfRange"},
	}
}

// TestHostileValues has evaluations meet what the check cannot foresee.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	for name, test := range hostileValues() {
		c := evmtest.Embedded(t)
		if got, _ := test.try.verdict(t, c, evmtest.Deploy(t, c, "OnchainModel")); got != test.want {
			t.Errorf("%s: got verdict %q, want %q", name, got, test.want)
		}
	}
}

// TestOnchainRounding computes ⌊(M·x + 2ˢ⁻¹)/2ˢ⌋ around ties, and a table at its ends: of cells, and fused with
// weights, in lanes and one by one.
func TestOnchainRounding(t *testing.T) {
	t.Parallel()
	x := evmtest.NewExecutor(t, evmtest.Embedded(t))
	values := []int64{-9, -6, -5, -3, -2, -1, 0, 1, 2, 3, 5, 6, 9}
	for _, test := range []struct {
		name       string
		multiplier int64
		shift      int
		want       []int64
	}{
		{"halves", 1, 1, []int64{-4, -3, -2, -1, -1, 0, 0, 1, 1, 2, 3, 3, 5}},
		{"quarters", 1, 2, []int64{-2, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 2, 2}},
		{"three halves", 3, 1, []int64{-13, -9, -7, -4, -3, -1, 0, 2, 3, 5, 8, 9, 14}},
	} {
		for _, fused := range []bool{false, true} {
			for _, looked := range []bool{false, true} {
				p := &ir.Program{}
				n := len(values)
				shape := tensor.Shape{1, n}
				id := must(t, p, ir.Input{Name: "x", Shape: shape, Declared: ir.Range{Lo: -9, Hi: 9}, Scale: 1, Visibility: ir.Public})
				if fused { // the identity matrix
					eye := make([]int64, n*n)
					for i := range n {
						eye[i*n+i] = 1
					}
					w := must(t, p, ir.NewConst(tensor.Shape{n, n}, eye))
					id = must(t, p, ir.Contract{Contraction: tensor.Contraction{Extents: []int{1, n, n}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}}}, id, w)
				}
				id = must(t, p, ir.Rescale{Multiplier: test.multiplier, Shift: test.shift}, id)
				want := test.want
				if looked { // 7·y + 100, so that the ends of the table tell
					table := ir.Table{Name: "t", Lo: p.Nodes[id].Range.Lo}
					for y := table.Lo; y <= p.Nodes[id].Range.Hi; y++ {
						table.Values = append(table.Values, 7*y+100)
					}
					p.Tables = append(p.Tables, table)
					id = must(t, p, ir.Lookup{}, id)
					want = nil
					for _, y := range test.want {
						want = append(want, 7*y+100)
					}
				}
				p.Outputs = []ir.Output{{Name: "y", ID: id, Scale: 1, Visibility: ir.Public}}
				d := x.Upload(t, evmtest.Encode(t, p))
				if diff := cmp.Diff([][]int64{want}, d.Run(t, [][]int64{values}, true)); diff != "" {
					t.Errorf("%s, fused %v, looked up %v (-want +got):\n%s", test.name, fused, looked, diff)
				}
			}
		}
	}
}

func must(t testing.TB, p *ir.Program, op ir.Op, args ...ir.ID) ir.ID {
	t.Helper()
	id, err := p.Add(op.Kind(), op, args...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestOnchainModelOwner checks who may do what when, and what a model says of itself.
func TestOnchainModelOwner(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	contract := evmtest.Deploy(t, c, "OnchainModel")
	other := evmtest.Account(t, c)
	m := evmtest.Encode(t, exemplar.Perceptron(t, 300, 120, 4)) // two pieces
	pieces := m.Pieces()
	if len(pieces) < 2 {
		t.Fatalf("%d pieces, want more", len(pieces))
	}
	input := make([]byte, 300)
	id, layers := big.NewInt(0), big.NewInt(int64(len(m.Layers)))
	step := func(from *chain.Chain, want, method string, args ...any) {
		t.Helper()
		if got := evmtest.Method(contract, method, args...).Verdict(t, from); got != want {
			t.Errorf("%s: got verdict %q, want %q", method, got, want)
		}
	}
	one := big.NewInt(1)
	step(c, "ModelUnknown", "append", id, pieces[0])
	step(c, "ModelUnknown", "seal", id, one)
	step(c, "ModelUnknown", "evaluate", id, id, one, input)
	step(c, "ModelUnknown", "modelOf", id)
	step(c, "", "setUp", m.List)
	step(other, "NotModelOwner", "append", id, pieces[0])
	step(other, "NotModelOwner", "seal", id, one)
	step(c, "PieceLengthInvalid", "append", id, []byte{})
	step(c, "PieceLengthInvalid", "append", id, append(bytes.Clone(pieces[0]), 0))
	step(c, "DataOutOfRange", "seal", id, one)
	for _, piece := range pieces {
		step(c, "", "append", id, piece)
	}
	step(c, "PieceLengthInvalid", "append", id, pieces[0])
	step(c, "ModelNotSealed", "evaluate", id, id, one, input)
	step(c, "ModelNotSealed", "start", id, input)
	step(c, "LayersInvalid", "seal", id, big.NewInt(0))
	step(c, "LayersInvalid", "seal", id, new(big.Int).Add(layers, one))
	step(c, "", "seal", id, one)
	step(c, "ModelNotSealed", "evaluate", id, id, one, input)
	step(c, "ModelIsSealed", "append", id, pieces[0])
	step(c, "LayersInvalid", "seal", id, layers)
	step(c, "", "seal", id, new(big.Int).Sub(layers, one))
	step(c, "ModelIsSealed", "append", id, pieces[0])
	step(c, "ModelIsSealed", "seal", id, one)
	step(other, "", "evaluate", id, id, layers, input)
	step(other, "LayersInvalid", "evaluate", id, one, one, input)
	step(other, "LayersInvalid", "evaluate", id, id, new(big.Int).Add(layers, one), input)

	var hashes []byte
	for _, code := range append([][]byte{m.List}, pieces...) {
		hashes = append(hashes, keccak(append([]byte{0}, code...))...)
	}
	got := evmtest.Method(contract, "modelOf", id).Ask(t, c)
	if content := got[4].([32]byte); !bytes.Equal(content[:], keccak(hashes)) {
		t.Errorf("content is %x, want %x", content, keccak(hashes))
	}
	if got[0] != c.From() || got[3].(*big.Int).Cmp(big.NewInt(int64(len(m.Data)))) != 0 {
		t.Errorf("got owner %v and %v bytes of data", got[0], got[3])
	}
}

// TestOnchainRuns keeps a run on the chain between transactions of different accounts.
func TestOnchainRuns(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	other := evmtest.Account(t, c)
	x := evmtest.NewExecutor(t, c)
	p := exemplar.Forest(t, 3, 3)
	d := x.Upload(t, evmtest.Encode(t, p))
	n := int64(len(d.Model.Layers))
	inputs := [][]int64{{-3 + 128, 100, 20, 255, 0, 130}}
	input, err := d.Model.Input(inputs)
	if err != nil {
		t.Fatal(err)
	}
	start := evmtest.Method(d.Contract, "start", d.ID, input)
	run := start.Ask(t, c)[0].([32]byte)
	advance := func(to int64) evmtest.Message { return evmtest.Method(d.Contract, "advance", run, big.NewInt(to)) }
	check := func(from *chain.Chain, m evmtest.Message, want string) {
		t.Helper()
		if got := m.Verdict(t, from); got != want {
			t.Errorf("%s: got verdict %q, want %q", m.Method, got, want)
		}
	}
	check(c, advance(1), "RunInvalid")
	check(c, evmtest.Method(d.Contract, "start", d.ID, append(bytes.Clone(input), 0)), "StateLengthInvalid")
	check(c, start, "")
	check(c, start, "") // finds it
	check(c, advance(0), "RunInvalid")
	check(c, advance(n+1), "LayersInvalid")
	check(other, advance(1), "")
	check(c, advance(1), "RunInvalid")
	check(c, start, "") // does not begin again
	check(c, advance(n-1), "")
	check(other, advance(n), "")
	check(c, advance(n), "RunInvalid")
	got := evmtest.Method(d.Contract, "runOf", run).Ask(t, c)
	outputs, err := d.Model.Output(got[2].([]byte))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Execute(inputs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Outputs(), outputs); diff != "" || got[1].(*big.Int).Int64() != n {
		t.Errorf("at layer %v of %d, outputs (-executor +run):\n%s", got[1], n, diff)
	}
}
