// SPDX-License-Identifier: Apache-2.0

package zoo

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// A net is an ONNX model being written.
type net struct {
	model onnxwrite.Model
	rng   *rand.Rand
	// norms holds, by the name of a BatchNormalization, the index of its scale in
	// model.Inits; bias, mean and variance follow.
	norms map[string]int
}

// A value is a tensor of the model: c channels of h·w elements. After flatten h
// and w are 1.
type value struct {
	name    string
	c, h, w int
}

func newNet(seed uint64) *net {
	return &net{rng: rand.New(rand.NewPCG(seed, 0x7a6f6f)), norms: map[string]int{}}
}

// input declares the network's input.
func (n *net) input(c, h, w int) value {
	n.model.Inputs = []onnxwrite.Value{{Name: "input", Type: onnxwrite.Types["float"], Dims: []any{"N", c, h, w}}}
	return value{"input", c, h, w}
}

// output declares x to be the network's output.
func (n *net) output(x value) {
	last := &n.model.Nodes[len(n.model.Nodes)-1]
	last.Out[0] = "logits"
	n.model.Outputs = []onnxwrite.Value{{Name: "logits", Type: onnxwrite.Types["float"], Dims: []any{"N", x.c}}}
}

// node appends a node and returns the name of its result.
func (n *net) node(op string, attrs map[string]any, in ...string) string {
	name := fmt.Sprintf("%s%d", op, len(n.model.Nodes))
	out := name + "_y"
	n.model.Nodes = append(n.model.Nodes, onnxwrite.Node{Name: name, Op: op, In: in, Out: []string{out}, Attrs: attrs})
	return out
}

// weights adds an initializer whose elements are normal with a standard deviation.
func (n *net) weights(deviation float64, dims ...int) string {
	t := onnxwrite.Tensor{Type: onnxwrite.Types["float"]}
	size := 1
	for _, d := range dims {
		t.Dims = append(t.Dims, int64(d))
		size *= d
	}
	t.Data = make([]float64, size)
	for i := range t.Data {
		t.Data[i] = deviation * n.rng.NormFloat64()
	}
	return n.init(t)
}

// init adds an initializer.
func (n *net) init(t onnxwrite.Tensor) string {
	t.Name = fmt.Sprintf("w%d", len(n.model.Inits))
	n.model.Inits = append(n.model.Inits, t)
	return t.Name
}

// integers adds an initializer of int64.
func (n *net) integers(xs ...float64) string {
	return n.init(onnxwrite.Tensor{Type: onnxwrite.Types["int64"], Dims: []int64{int64(len(xs))}, Data: xs})
}

// number adds a scalar initializer.
func (n *net) number(x float64) string {
	return n.init(onnxwrite.Tensor{Type: onnxwrite.Types["float"], Dims: []int64{}, Data: []float64{x}})
}

// A kernel is what slides over an image. Zeros of stride and groups mean 1.
type kernel struct {
	size, stride, pad, groups int
	bias                      bool
}

// same is a kernel that keeps the extent of an image, or divides it by stride.
func same(size, stride int) kernel { return kernel{size: size, stride: stride, pad: size / 2} }

func (k kernel) attrs() map[string]any {
	s, p, g := int64(max(k.stride, 1)), int64(k.pad), int64(k.size)
	return map[string]any{"kernel_shape": []int64{g, g}, "strides": []int64{s, s}, "pads": []int64{p, p, p, p}}
}

// extent returns the number of windows along an axis of n elements.
func (k kernel) extent(n int) int { return (n+2*k.pad-k.size)/max(k.stride, 1) + 1 }

// conv adds a convolution with He-initialized weights (https://arxiv.org/abs/1502.01852).
func (n *net) conv(x value, out int, k kernel) value {
	groups := max(k.groups, 1)
	fan := x.c / groups * k.size * k.size
	in := []string{x.name, n.weights(math.Sqrt(2/float64(fan)), out, x.c/groups, k.size, k.size)}
	if k.bias {
		in = append(in, n.weights(0.1, out))
	}
	attrs := k.attrs()
	attrs["group"] = int64(groups)
	return value{n.node("Conv", attrs, in...), out, k.extent(x.h), k.extent(x.w)}
}

// depthwise adds a convolution of every channel with a kernel of its own.
func (n *net) depthwise(x value, k kernel) value {
	k.groups = x.c
	return n.conv(x, x.c, k)
}

// norm adds a BatchNormalization with a scale near 1 and a bias near 0.
func (n *net) norm(x value) value {
	c := x.c
	constant := func(v float64) onnxwrite.Tensor {
		t := onnxwrite.Tensor{Type: onnxwrite.Types["float"], Dims: []int64{int64(c)}, Data: make([]float64, c)}
		for i := range t.Data {
			t.Data[i] = v
		}
		return t
	}
	at := len(n.model.Inits)
	scale := constant(1)
	for i := range scale.Data {
		scale.Data[i] += 0.2 * (2*n.rng.Float64() - 1)
	}
	in := []string{x.name, n.init(scale), n.weights(0.1, c), n.init(constant(0)), n.init(constant(1))}
	y := n.node("BatchNormalization", map[string]any{"epsilon": float32(normEpsilon)}, in...)
	n.norms[n.model.Nodes[len(n.model.Nodes)-1].Name] = at
	return value{y, x.c, x.h, x.w}
}

// dense adds a matrix product with a bias on a flattened value.
func (n *net) dense(x value, out int) value {
	w := n.weights(math.Sqrt(2/float64(x.c)), out, x.c)
	return value{n.node("Gemm", map[string]any{"transB": int64(1)}, x.name, w, n.weights(0.1, out)), out, 1, 1}
}
