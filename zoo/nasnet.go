// SPDX-License-Identifier: Apache-2.0

package zoo

var _ = register(Architecture{Name: "nasnetmobile", Published: "arXiv:1707.07012, NASNet-A (4 @ 1056)", Parameters: 5.3e6, MACs: 564e6, build: nasNetMobile})

// nasNetMobile stacks the cells of Figure 4 of the paper. A cell gets what the two
// cells before it made.
func nasNetMobile(n *net) {
	const filters = 44 // 1056 / 24
	x := n.block(n.input(3, 224, 224), 32, kernel{size: 3, stride: 2}, nil)
	c := nasNet{net: n, x: x, before: x}
	c.reduction(filters / 4)
	c.reduction(filters / 2)
	for i := range 3 {
		if i > 0 {
			c.reduction(filters << i)
		}
		for range 4 {
			c.normal(filters << i)
		}
	}
	n.classify(relu(n, c.x), 1000)
}

// A nasNet is the network up to a cell: x is what the last cell made, before what
// it got.
type nasNet struct {
	*net
	x, before value
}

// normal adds a cell that keeps the extent.
func (c *nasNet) normal(filters int) {
	p, h := c.inputs(filters)
	mean := func(x value) value { return c.pool("Average", x, same(3, 1)) }
	c.x, c.before = c.concat(p,
		c.add(c.separable(h, filters, 5, 1), c.separable(p, filters, 3, 1)),
		c.add(c.separable(p, filters, 5, 1), c.separable(p, filters, 3, 1)),
		c.add(mean(h), p),
		c.add(mean(p), mean(p)),
		c.add(c.separable(h, filters, 3, 1), h)), c.x
}

// reduction adds a cell that halves the extent.
func (c *nasNet) reduction(filters int) {
	p, h := c.inputs(filters)
	x1 := c.add(c.separable(h, filters, 5, 2), c.separable(p, filters, 7, 2))
	largest := c.pool("Max", h, same(3, 2))
	x2 := c.add(largest, c.separable(p, filters, 7, 2))
	x3 := c.add(c.pool("Average", h, same(3, 2)), c.separable(p, filters, 5, 2))
	x4 := c.add(c.pool("Average", x1, same(3, 1)), x2)
	x5 := c.add(c.separable(x1, filters, 3, 1), largest)
	c.x, c.before = c.concat(x2, x3, x4, x5), c.x
}

// inputs brings what a cell gets to its number of channels and one extent.
func (c *nasNet) inputs(filters int) (p, h value) {
	h = c.block(relu(c.net, c.x), filters, kernel{size: 1}, nil)
	p = c.before
	switch {
	case p.name == c.x.name: // the first cell
	case p.h != h.h:
		p = relu(c.net, p)
		half := kernel{size: 1, stride: 2}
		even := c.conv(c.pool("Average", p, half), filters/2, kernel{size: 1})
		odd := c.conv(c.pool("Average", c.shift(p), half), filters-filters/2, kernel{size: 1})
		p = c.norm(c.concat(even, odd))
	case p.c != filters:
		p = c.block(relu(c.net, p), filters, kernel{size: 1}, nil)
	}
	return p, h
}

// shift moves an image by one position to the top left.
func (c *nasNet) shift(x value) value {
	ends, axes := c.integers(float64(x.h), float64(x.w)), c.integers(2, 3)
	x = c.unary("Slice", nil, x, c.integers(1, 1), ends, axes)
	return c.unary("Pad", nil, x, c.integers(0, 0, 0, 0, 0, 0, 1, 1))
}

// separable adds two separable convolutions, the first with the stride.
func (c *nasNet) separable(x value, filters, size, stride int) value {
	for _, s := range []int{stride, 1} {
		x = c.depthwise(relu(c.net, x), same(size, s))
		x = c.block(x, filters, kernel{size: 1}, nil)
	}
	return x
}
