// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "mlp-2m", Published: "784-1024-1024-256-10", Parameters: 2.12e6, MACs: 2.12e6, build: func(n *net) {
	x := n.flatten(n.input(1, 28, 28))
	for _, hidden := range []int{1024, 1024, 256} {
		x = relu(n, n.dense(x, hidden))
	}
	n.output(n.dense(x, 10))
}})
