// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"encoding/binary"
	"math/big"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// Layer lists written by hand, in the format of OnchainModelLayers.sol: nothing in them need be valid.

// fields joins numbers of given widths, big endian: pairs of a number of bytes and a value.
func fields(pairs ...int64) []byte {
	var out []byte
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, binary.BigEndian.AppendUint64(nil, uint64(pairs[i+1]))[8-pairs[i]:]...)
	}
	return out
}

// rawRegion is a tensor at a boundary.
func rawRegion(first, count, width, least, greatest int64) []byte {
	return fields(4, first, 4, count, 1, width, 8, least, 8, greatest)
}

// A rawLayer is the tensors before it and its ops.
type rawLayer struct{ before, ops [][]byte }

// rawList is a layer list with the tensors that it returns.
func rawList(cells int64, layers []rawLayer, result ...[]byte) []byte {
	out := fields(4, cells, 4, int64(len(layers)))
	table := len(out)
	out = append(out, make([]byte, 4*(len(layers)+1))...)
	boundary := func(i int, regions [][]byte) {
		copy(out[table+4*i:], fields(4, int64(len(out))))
		out = append(out, fields(2, int64(len(regions)))...)
		out = append(out, slices.Concat(regions...)...)
	}
	for i, l := range layers {
		boundary(i, l.before)
		out = append(out, fields(2, int64(len(l.ops)))...)
		out = append(out, slices.Concat(l.ops...)...)
	}
	boundary(len(layers), result)
	return out
}

// rawMap is a map without a table.
func rawMap(multiplier, shift int64) []byte { return fields(8, multiplier, 1, shift, 4, 0) }

// rawTable is a map with a table.
func rawTable(shift, entries, least, width, base, data int64) []byte {
	return fields(8, 1, 1, shift, 4, entries, 8, least, 1, width, 8, base, 4, data)
}

// A rawDense is a dense op of one axis of terms and one of places.
type rawDense struct {
	source, cells, least, greatest, from, to, rows, rowStride, lane, together int64
	terms, termStride, places, placeFrom, placeTo                             int64
	weights                                                                   int64
	mapping                                                                   []byte
}

func (d rawDense) bytes() []byte {
	return slices.Concat(
		fields(1, 1, 4, d.source, 4, d.cells, 8, d.least, 8, d.greatest, 4, d.from, 4, d.to, 4, d.rows, 4, d.rowStride, 1, d.lane, 1, d.together),
		fields(1, 1, 4, d.terms, 4, d.termStride, 1, 1, 4, d.places, 4, d.placeFrom, 4, d.placeTo, 4, d.weights), d.mapping)
}

// lanes returns a word with digits in lanes of so many bits.
func lanes(bits uint, digits ...int64) []byte {
	sum := new(big.Int)
	for i, d := range digits {
		sum.Add(sum, new(big.Int).Lsh(big.NewInt(d), bits*uint(i)))
	}
	return sum.Mod(sum, new(big.Int).Lsh(big.NewInt(1), 256)).FillBytes(make([]byte, 32))
}

// An attempt is what somebody tries with the contract: to make a model and have it evaluated.
type attempt struct {
	list, data, input []byte
}

// verdict tries it with a contract that has no models yet. It returns the name of the error of the first step that
// fails, or "" and what the evaluation returned.
func (a attempt) verdict(t testing.TB, c *chain.Chain, contract chain.Contract) (string, []byte) {
	t.Helper()
	id := big.NewInt(0) // the models of a chain with one attempt
	if name := evmtest.Method(contract, "setUp", a.list).Verdict(t, c); name != "" {
		return name, nil
	}
	if len(a.data) > 0 {
		evmtest.Method(contract, "append", id, a.data).Do(t, c)
	}
	layers := new(big.Int).SetBytes(a.list[4:8])
	if name := evmtest.Method(contract, "seal", id, layers).Verdict(t, c); name != "" {
		return name, nil
	}
	evaluate := evmtest.Method(contract, "evaluate", id, big.NewInt(0), layers, a.input)
	if name := evaluate.Verdict(t, c); name != "" {
		return name, nil
	}
	return "", evaluate.Ask(t, c)[0].([]byte)
}
