// SPDX-License-Identifier: Apache-2.0

package zoo

import "math"

var _ = register(
	efficientNet("efficientnet-b0", 1, 224, 5.3e6, 390e6),
	efficientNet("efficientnet-b1", 1.1, 240, 7.8e6, 700e6),
)

// efficientNet is Table 1 of https://arxiv.org/abs/1905.11946 with every number of
// repetitions times depth.
func efficientNet(name string, depth float64, pixels int, parameters, macs float64) Architecture {
	return Architecture{Name: name, Published: "arXiv:1905.11946", Parameters: parameters, MACs: macs, build: func(n *net) {
		x := n.block(n.input(3, pixels, pixels), 32, same(3, 2), swish)
		for _, l := range []inverted{
			{1, 16, 1, 1, 3}, {6, 24, 2, 2, 3}, {6, 40, 2, 2, 5}, {6, 80, 3, 2, 3}, {6, 112, 3, 1, 5}, {6, 192, 4, 2, 5}, {6, 320, 1, 1, 3},
		} {
			for i := range int(math.Ceil(depth * float64(l.repeat))) {
				stride := l.stride
				if i > 0 {
					stride = 1
				}
				squeezed := x.c / 4 // of the channels before they are widened
				x = n.bottleneck(x, l.expand*x.c, l.out, same(l.kernel, stride), swish, func(n *net, y value) value {
					return n.excite(y, squeezed, swish, sigmoid)
				})
			}
		}
		n.classify(n.block(x, 1280, kernel{size: 1}, swish), 1000)
	}}
}
