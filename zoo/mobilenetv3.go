// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(
	Architecture{Name: "mobilenetv3-large", Published: "arXiv:1905.02244", Parameters: 5.4e6, MACs: 219e6, build: func(n *net) {
		mobileNetV3(n, 960, 1280, []rowV3{
			{3, 16, 16, false, relu, 1}, {3, 64, 24, false, relu, 2}, {3, 72, 24, false, relu, 1},
			{5, 72, 40, true, relu, 2}, {5, 120, 40, true, relu, 1}, {5, 120, 40, true, relu, 1},
			{3, 240, 80, false, hardSwish, 2}, {3, 200, 80, false, hardSwish, 1}, {3, 184, 80, false, hardSwish, 1}, {3, 184, 80, false, hardSwish, 1},
			{3, 480, 112, true, hardSwish, 1}, {3, 672, 112, true, hardSwish, 1},
			{5, 672, 160, true, hardSwish, 2}, {5, 960, 160, true, hardSwish, 1}, {5, 960, 160, true, hardSwish, 1},
		})
	}},
	Architecture{Name: "mobilenetv3-small", Published: "arXiv:1905.02244", Parameters: 2.5e6, MACs: 56e6, build: func(n *net) {
		mobileNetV3(n, 576, 1024, []rowV3{
			{3, 16, 16, true, relu, 2}, {3, 72, 24, false, relu, 2}, {3, 88, 24, false, relu, 1},
			{5, 96, 40, true, hardSwish, 2}, {5, 240, 40, true, hardSwish, 1}, {5, 240, 40, true, hardSwish, 1},
			{5, 120, 48, true, hardSwish, 1}, {5, 144, 48, true, hardSwish, 1},
			{5, 288, 96, true, hardSwish, 2}, {5, 576, 96, true, hardSwish, 1}, {5, 576, 96, true, hardSwish, 1},
		})
	}},
)

// A rowV3 is a row of Tables 1 and 2 of the paper.
type rowV3 struct {
	kernel, wide, out int
	excite            bool
	act               activation
	stride            int
}

// mobileNetV3 adds the rows and what both networks have around them.
func mobileNetV3(n *net, last, hidden int, rows []rowV3) {
	x := n.block(n.input(3, 224, 224), 16, same(3, 2), hardSwish)
	for _, r := range rows {
		var excite activation
		if r.excite {
			excite = func(n *net, y value) value { return n.excite(y, divisible(float64(r.wide)/4), relu, hardSigmoid) }
		}
		x = n.bottleneck(x, r.wide, r.out, same(r.kernel, r.stride), r.act, excite)
	}
	x = n.flatten(n.globalPool(n.block(x, last, kernel{size: 1}, hardSwish)))
	n.output(n.dense(hardSwish(n, n.dense(x, hidden)), 1000))
}
