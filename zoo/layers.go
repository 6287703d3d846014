// SPDX-License-Identifier: Apache-2.0

package zoo

// An activation is applied to every element.
type activation func(n *net, x value) value

// unary adds an operator that keeps the shape.
func (n *net) unary(op string, attrs map[string]any, x value, more ...string) value {
	x.name = n.node(op, attrs, append([]string{x.name}, more...)...)
	return x
}

func relu(n *net, x value) value    { return n.unary("Relu", nil, x) }
func sigmoid(n *net, x value) value { return n.unary("Sigmoid", nil, x) }

// relu6 is min(max(x, 0), 6).
func relu6(n *net, x value) value { return n.unary("Clip", nil, x, n.number(0), n.number(6)) }

// swish is x·sigmoid(x), as exporters write it.
func swish(n *net, x value) value { return n.mul(x, sigmoid(n, x)) }

// hardSigmoid is min(max(x/6 + 1/2, 0), 1).
func hardSigmoid(n *net, x value) value {
	return n.unary("HardSigmoid", map[string]any{"alpha": float32(1) / 6, "beta": float32(0.5)}, x)
}

// hardSwish is x·hardSigmoid(x).
func hardSwish(n *net, x value) value { return n.unary("HardSwish", nil, x) }

// add adds the sum of values of one shape.
func (n *net) add(x, y value) value { return n.unary("Add", nil, x, y.name) }

// mul adds the product of values; y may have one element per channel.
func (n *net) mul(x, y value) value { return n.unary("Mul", nil, x, y.name) }

// concat joins values along the channels.
func (n *net) concat(xs ...value) value {
	y, names := xs[0], []string{}
	y.c = 0
	for _, x := range xs {
		y.c += x.c
		names = append(names, x.name)
	}
	y.name = n.node("Concat", map[string]any{"axis": int64(1)}, names...)
	return y
}

// pool adds a pool, "Max" or "Average"; averages leave padding out.
func (n *net) pool(kind string, x value, k kernel) value {
	return value{n.node(kind+"Pool", k.attrs(), x.name), x.c, k.extent(x.h), k.extent(x.w)}
}

// globalPool averages every channel.
func (n *net) globalPool(x value) value {
	return value{n.node("GlobalAveragePool", nil, x.name), x.c, 1, 1}
}

// flatten drops the spatial axes.
func (n *net) flatten(x value) value {
	return value{n.node("Flatten", nil, x.name), x.c * x.h * x.w, 1, 1}
}

// block adds a convolution, its normalization and an activation, which may be nil.
func (n *net) block(x value, out int, k kernel, act activation) value {
	x = n.norm(n.conv(x, out, k))
	if act != nil {
		x = act(n, x)
	}
	return x
}

// classify adds the usual end: the average of every channel and a linear layer.
func (n *net) classify(x value, classes int) {
	n.output(n.dense(n.flatten(n.globalPool(x)), classes))
}

// excite scales every channel by a gate in [0, 1], computed from the averages of
// all: squeeze-and-excitation (https://arxiv.org/abs/1709.01507).
func (n *net) excite(x value, squeezed int, act, gate activation) value {
	one := kernel{size: 1, bias: true}
	s := act(n, n.conv(n.globalPool(x), squeezed, one))
	return n.mul(x, gate(n, n.conv(s, x.c, one)))
}

// divisible rounds a scaled number of channels to a multiple of 8, and not down by
// more than a tenth, as the MobileNet papers' code does.
func divisible(x float64) int {
	n := max(8, int(x+4)/8*8)
	if float64(n) < 0.9*x {
		n += 8
	}
	return n
}
