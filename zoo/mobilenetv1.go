// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(
	mobileNetV1("mobilenetv1", 1, 224, 4.2e6, 569e6),
	mobileNetV1("mobilenetv1-96", 1, 96, 4.2e6, 106e6),
	mobileNetV1("mobilenetv1-0.25", 0.25, 224, 0.47e6, 41e6),
	mobileNetV1("mobilenetv1-0.25-96", 0.25, 96, 0.47e6, 7.6e6),
)

// mobileNetV1 is Table 1 of https://arxiv.org/abs/1704.04861 with all numbers of
// channels times alpha. MACs at 96 pixels are those at 224 times (96/224)².
func mobileNetV1(name string, alpha float64, pixels int, parameters, macs float64) Architecture {
	return Architecture{Name: name, Published: "arXiv:1704.04861", Parameters: parameters, MACs: macs, build: func(n *net) {
		x := n.block(n.input(3, pixels, pixels), int(32*alpha), same(3, 2), relu6)
		for _, l := range []struct{ out, stride int }{
			{64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2},
			{512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1},
		} {
			x = relu6(n, n.norm(n.depthwise(x, same(3, l.stride))))
			x = n.block(x, int(float64(l.out)*alpha), kernel{size: 1}, relu6)
		}
		n.classify(x, 1000)
	}}
}
