// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "densenet121", Published: "arXiv:1608.06993", Parameters: 8.0e6, MACs: 2.87e9, build: denseNet121})

// denseNet121 is the first column of Table 1 of the paper, growth rate 32.
func denseNet121(n *net) {
	const growth = 32
	x := n.pool("Max", n.block(n.input(3, 224, 224), 2*growth, same(7, 2), relu), same(3, 2))
	for i, layers := range []int{6, 12, 24, 16} {
		if i > 0 {
			x = n.conv(relu(n, n.norm(x)), x.c/2, kernel{size: 1})
			x = n.pool("Average", x, kernel{size: 2, stride: 2})
		}
		for range layers {
			y := n.conv(relu(n, n.norm(x)), 4*growth, kernel{size: 1})
			y = n.conv(relu(n, n.norm(y)), growth, same(3, 1))
			x = n.concat(x, y)
		}
	}
	n.classify(relu(n, n.norm(x)), 1000)
}
