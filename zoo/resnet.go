// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "resnet18-cifar", Published: "arXiv:1512.03385, 18 layers, for images of 32·32", Parameters: 11.2e6, MACs: 557e6, build: resNet18})

// resNet18 is the 18-layer network with a first convolution of 3·3 and no pool
// after it.
func resNet18(n *net) {
	x := n.block(n.input(3, 32, 32), 64, same(3, 1), relu)
	for i, out := range []int{64, 128, 256, 512} {
		for j := range 2 {
			stride := 1
			if i > 0 && j == 0 {
				stride = 2
			}
			y := n.block(n.block(x, out, same(3, stride), relu), out, same(3, 1), nil)
			if y.c != x.c {
				x = n.block(x, out, kernel{size: 1, stride: stride}, nil)
			}
			x = relu(n, n.add(x, y))
		}
	}
	n.classify(x, 10)
}
