// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// A value is what a name of the model stands for: a tensor known now (host) or a
// node of the graph (id).
type value struct {
	dtype onnxpb.DataType
	host  *host
	id    graph.ID
	// dropped names the node that was left out on the way to this value. Such a
	// value may reach an output of the network and nothing else.
	dropped string
	// masked says which elements a softmax is not to see.
	masked *mask
	// quantized says what the integers of this value stand for, if that is known.
	quantized *quantized
	// failed says that the value's node could not be lowered.
	failed bool
}

// note says how the value differs from the model's own, if it does.
func (v *value) note() string {
	if v.dropped == "" {
		return ""
	}
	return v.dropped + " dropped: the output is its logits; argmax is unchanged"
}

// A host is a tensor known when the model is loaded. Extents may be 0. Integers
// and bools are in ints, floating-point numbers in floats, converted from src
// when first needed.
type host struct {
	what  string // for messages: initializer "w"; empty until the value has a name
	dtype onnxpb.DataType
	shape tensor.Shape

	src    *onnxpb.Tensor
	ints   []int64
	floats []float32
	// constant is the graph node it was promoted to, if promoted.
	constant graph.ID
	promoted bool
}

// newHost wraps a tensor of the file.
func newHost(t *onnxpb.Tensor, what string) (*host, error) {
	if len(t.Dims) > maxRank {
		return nil, fmt.Errorf("%s has %d axes, at most %d are supported", what, len(t.Dims), maxRank)
	}
	s := make(tensor.Shape, len(t.Dims))
	for i, d := range t.Dims {
		if d < 0 || d > tensor.MaxElements {
			return nil, fmt.Errorf("%s: dimensions %v", what, t.Dims)
		}
		s[i] = int(d)
	}
	if err := checkExtents(s); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return &host{what: what, dtype: t.Type, shape: s, src: t}, nil
}

// hostInts returns an integer value.
func hostInts(t onnxpb.DataType, shape tensor.Shape, data []int64) *value {
	return &value{dtype: t, host: &host{dtype: t, shape: shape, ints: data}}
}

// hostFloats returns a floating-point value.
func hostFloats(t onnxpb.DataType, shape tensor.Shape, data []float32) *value {
	return &value{dtype: t, host: &host{dtype: t, shape: shape, floats: data}}
}

// Ints returns the elements of an integer tensor; they are not to be modified.
func (h *host) Ints() ([]int64, error) {
	if h.ints == nil && h.src != nil {
		data, err := h.src.Ints()
		if err != nil {
			return nil, err
		}
		h.ints = data
	}
	if !h.dtype.IsInt() {
		return nil, fmt.Errorf("%s holds %v, want integers", h.what, h.dtype)
	}
	return h.ints, nil
}

// Floats returns the elements of a floating-point tensor; they are not to be
// modified.
func (h *host) Floats() ([]float32, error) {
	if h.floats == nil && h.src != nil {
		data, err := h.src.Floats()
		if err != nil {
			return nil, err
		}
		h.floats = data
	}
	if !h.dtype.IsFloat() {
		return nil, fmt.Errorf("%s holds %v, want floating-point numbers", h.what, h.dtype)
	}
	return h.floats, nil
}

// promote returns the graph node of v, adding a constant for a host tensor.
// Integers become reals if float32 holds them exactly.
func (im *importer) promote(v *value) graph.ID {
	b, h := im.b, v.host
	if v.masked != nil && v.masked.infinite {
		return b.Fail(errors.New("a constant put -Inf into a value that is no argument of a softmax"))
	}
	if h == nil {
		return v.id
	}
	if h.promoted {
		return h.constant
	}
	data, err := h.reals()
	if err != nil {
		return b.Fail(err)
	}
	var id graph.ID
	defer b.At(b.At(h.what))
	if err := b.Try(func() { id = b.Const(h.shape, data) }); err != nil {
		return b.Fail(fmt.Errorf("%s: %w", h.what, err))
	}
	h.constant, h.promoted = id, true
	im.promotions = append(im.promotions, h)
	return id
}

// reals returns the elements as float32.
func (h *host) reals() ([]float32, error) {
	if !h.dtype.IsInt() {
		return h.Floats()
	}
	ints, err := h.Ints()
	if err != nil {
		return nil, err
	}
	out := make([]float32, len(ints))
	for i, x := range ints {
		if out[i] = float32(x); int64(out[i]) != x || x > 1<<24 || x < -1<<24 {
			return nil, fmt.Errorf("%s: element %d is %d, which float32 does not hold exactly", h.what, i, x)
		}
	}
	return out, nil
}

// size returns the number of elements, of which there may be none.
func (h *host) size() int { return extent(h.shape) }
