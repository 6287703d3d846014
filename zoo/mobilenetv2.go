// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "mobilenetv2", Published: "arXiv:1801.04381", Parameters: 3.5e6, MACs: 300e6, build: mobileNetV2})

// An inverted is a row of a table of inverted residuals: out channels, repeated,
// with the stride at the first and a kernel, on expand times the channels.
type inverted struct{ expand, out, repeat, stride, kernel int }

// mobileNetV2 is Table 2 of the paper.
func mobileNetV2(n *net) {
	x := n.block(n.input(3, 224, 224), 32, same(3, 2), relu6)
	for _, l := range []inverted{
		{1, 16, 1, 1, 3}, {6, 24, 2, 2, 3}, {6, 32, 3, 2, 3}, {6, 64, 4, 2, 3}, {6, 96, 3, 1, 3}, {6, 160, 3, 2, 3}, {6, 320, 1, 1, 3},
	} {
		for i := range l.repeat {
			stride := l.stride
			if i > 0 {
				stride = 1
			}
			x = n.bottleneck(x, l.expand*x.c, l.out, same(l.kernel, stride), relu6, nil)
		}
	}
	n.classify(n.block(x, 1280, kernel{size: 1}, relu6), 1000)
}

// bottleneck adds an inverted residual: 1·1 to wide channels, depthwise, excite if
// it is not nil, 1·1 to out channels without activation, and the sum with x if the
// shapes agree.
func (n *net) bottleneck(x value, wide, out int, k kernel, act activation, excite activation) value {
	y := x
	if wide != x.c {
		y = n.block(y, wide, kernel{size: 1}, act)
	}
	y = act(n, n.norm(n.depthwise(y, k)))
	if excite != nil {
		y = excite(n, y)
	}
	y = n.block(y, out, kernel{size: 1}, nil)
	if y.c == x.c && y.h == x.h && y.w == x.w {
		y = n.add(x, y)
	}
	return y
}
