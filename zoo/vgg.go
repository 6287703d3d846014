// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "vgg11-cifar", Published: "arXiv:1409.1556, configuration A, normalized, for images of 32·32", Parameters: 9.2e6, MACs: 153e6, build: vgg11})

// vgg11 is configuration A with normalization and one linear layer.
func vgg11(n *net) {
	x := n.input(3, 32, 32)
	for _, layers := range [][]int{{64}, {128}, {256, 256}, {512, 512}, {512, 512}} {
		for _, out := range layers {
			k := same(3, 1)
			k.bias = true
			x = n.block(x, out, k, relu)
		}
		x = n.pool("Max", x, kernel{size: 2, stride: 2})
	}
	n.output(n.dense(n.flatten(x), 10))
}
