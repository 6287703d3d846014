// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	hostAdd = hostBinary(addInts, func(x, y float64) float64 { return x + y })
	hostSub = hostBinary(func(n *node, x, y int64) int64 {
		if z := x - y; (z < x) == (y > 0) {
			return z
		}
		n.Failf("%d - %d overflows", x, y)
		return 0
	}, func(x, y float64) float64 { return x - y })
	hostMul = hostBinary(mulInts, func(x, y float64) float64 { return x * y })
	// Integer division truncates towards zero.
	hostDiv = hostBinary(func(n *node, x, y int64) int64 {
		if y == 0 || (y == -1 && x == math.MinInt64) {
			n.Failf("%d / %d has no value", x, y)
		}
		return x / y
	}, func(x, y float64) float64 { return x / y })
)

func addInts(n *node, x, y int64) int64 {
	if z := x + y; (z > x) == (y > 0) {
		return z
	}
	n.Failf("%d + %d overflows", x, y)
	return 0
}

func mulInts(n *node, x, y int64) int64 {
	z := x * y
	if x != 0 && (z/x != y || (x == -1 && y == math.MinInt64)) {
		n.Failf("%d * %d overflows", x, y)
	}
	return z
}

// hostBinary computes an elementwise operator on the host: integers exactly (a
// result that its type does not hold is an error), floating-point numbers in
// double precision rounded to float32, of whatever floating-point types they are.
func hostBinary(ints func(n *node, x, y int64) int64, floats func(x, y float64) float64) lowering {
	return func(n *node) []*value {
		x, y := n.Value(0), n.Value(1)
		if x.dtype != y.dtype && !(x.dtype.IsFloat() && y.dtype.IsFloat()) {
			n.Failf("inputs of types %v and %v", x.dtype, y.dtype)
		}
		pairs := n.pairs(x.host.shape, y.host.shape)
		if x.dtype.IsFloat() {
			a, b := n.FloatsIn(0), n.FloatsIn(1)
			out := make([]float32, len(pairs.x))
			for i := range out {
				out[i] = float32(floats(float64(a[pairs.x[i]]), float64(b[pairs.y[i]])))
			}
			return []*value{hostFloats(x.dtype, pairs.shape, out)}
		}
		a, b := n.IntsIn(0), n.IntsIn(1)
		out := make([]int64, len(pairs.x))
		for i := range out {
			out[i] = n.fits(x.dtype, ints(n, a[pairs.x[i]], b[pairs.y[i]]))
		}
		return []*value{hostInts(x.dtype, pairs.shape, out)}
	}
}

// fits ends the lowering if x is not a value of type t.
func (n *node) fits(t onnxpb.DataType, x int64) int64 {
	lo, hi := int64(math.MinInt64), int64(math.MaxInt64)
	switch t {
	case onnxpb.Bool:
		lo, hi = 0, 1
	case onnxpb.Int8:
		lo, hi = math.MinInt8, math.MaxInt8
	case onnxpb.Int16:
		lo, hi = math.MinInt16, math.MaxInt16
	case onnxpb.Int32:
		lo, hi = math.MinInt32, math.MaxInt32
	case onnxpb.Uint8:
		lo, hi = 0, math.MaxUint8
	case onnxpb.Uint16:
		lo, hi = 0, math.MaxUint16
	case onnxpb.Uint32:
		lo, hi = 0, math.MaxUint32
	case onnxpb.Uint64:
		lo = 0
	}
	if x < lo || x > hi {
		n.Failf("%d is not a value of type %v", x, t)
	}
	return x
}

// broadcastPairs lists, for each element of the broadcast shape, the elements of
// the operands that meet there.
type broadcastPairs struct {
	shape tensor.Shape
	x, y  []int32
}

// pairs broadcasts two shapes of host tensors, of which neither is empty unless
// both have the same shape.
func (n *node) pairs(x, y tensor.Shape) broadcastPairs {
	if extent(x) == 0 || extent(y) == 0 {
		if !x.Equal(y) {
			n.Failf("shapes %v and %v do not broadcast", x, y)
		}
		return broadcastPairs{shape: x}
	}
	s, err := tensor.Broadcast(x, y)
	if err != nil {
		n.Fail(err)
	}
	n.SpendOn(s)
	vx, errx := tensor.BroadcastTo(x, s)
	vy, erry := tensor.BroadcastTo(y, s)
	if errx != nil || erry != nil {
		n.Failf("shapes %v and %v do not broadcast", x, y)
	}
	return broadcastPairs{s, vx.Table(), vy.Table()}
}
