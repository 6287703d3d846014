// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "squeezenet1.1", Published: "arXiv:1602.07360, version 1.1", Parameters: 1.2e6, MACs: 350e6, build: squeezeNet})

// squeezeNet is the paper's network in version 1.1: smaller kernels first, and
// pools earlier.
func squeezeNet(n *net) {
	with := func(k kernel) kernel {
		k.bias = true
		return k
	}
	fire := func(x value, squeezed, expanded int) value {
		x = relu(n, n.conv(x, squeezed, with(kernel{size: 1})))
		return n.concat(relu(n, n.conv(x, expanded, with(kernel{size: 1}))), relu(n, n.conv(x, expanded, with(same(3, 1)))))
	}
	pool := kernel{size: 3, stride: 2}
	x := n.pool("Max", relu(n, n.conv(n.input(3, 224, 224), 64, with(kernel{size: 3, stride: 2}))), pool)
	x = n.pool("Max", fire(fire(x, 16, 64), 16, 64), pool)
	x = n.pool("Max", fire(fire(x, 32, 128), 32, 128), pool)
	x = fire(fire(fire(fire(x, 48, 192), 48, 192), 64, 256), 64, 256)
	n.output(n.flatten(n.globalPool(relu(n, n.conv(x, 1000, with(kernel{size: 1}))))))
}
