// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Numbers of the ops, as in OnchainModelLayers.sol.
const (
	opDense = 1 + iota
	opNest
	opLinear
	opMap
	opConst
	opPick
	opDivide
	opGather
)

// Kinds of a nest.
const (
	nestProducts = iota
	nestMaximum
	nestSum
)

// A writer writes a layer list. It remembers the first number that does not fit.
type writer struct {
	data []byte
	err  error
}

func (w *writer) number(bytes int, x, lo, hi int64) {
	if (x < lo || x > hi) && w.err == nil {
		w.err = fmt.Errorf("zkml: internal error: %d does not fit %d bytes", x, bytes)
	}
	w.data = append(w.data, binary.BigEndian.AppendUint64(nil, uint64(x))[8-bytes:]...)
}

func (w *writer) u8(x int)    { w.number(1, int64(x), 0, math.MaxUint8) }
func (w *writer) u16(x int)   { w.number(2, int64(x), 0, math.MaxUint16) }
func (w *writer) u32(x int)   { w.number(4, int64(x), 0, math.MaxUint32) }
func (w *writer) i32(x int)   { w.number(4, int64(x), math.MinInt32, math.MaxInt32) }
func (w *writer) i64(x int64) { w.number(8, x, math.MinInt64, math.MaxInt64) }

// An axis of a loop: an extent and a stride, in cells, for each operand.
type axis struct {
	extent  int
	strides []int
}

func (w *writer) axes(list []axis) {
	w.u8(len(list))
	for _, a := range list {
		w.u32(a.extent)
		for _, s := range a.strides {
			w.i32(s)
		}
	}
}
