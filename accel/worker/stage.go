// SPDX-License-Identifier: Apache-2.0

package worker

// small is how many bytes go through the pipe even if there is shared memory: one write
// and one read are cheaper than pages.
const small = 1 << 14

// inline is the place of what goes through the pipe.
const inline = ^uint64(0)

// staged is data on its way.
type staged struct {
	at   uint64   // in the shared memory, or inline
	bulk [][]byte // if inline
	put  func()   // gives the shared memory back
}

// stage puts data one after the other where the child finds it, each at a multiple of eight
// bytes.
func (c *client) stage(parts ...[]byte) (staged, error) {
	var padding [8]byte
	n := 0
	bulk := make([][]byte, 0, 2*len(parts))
	for _, p := range parts {
		pad := -len(p) & 7
		n += len(p) + pad
		bulk = append(bulk, p, padding[:pad])
	}
	if c.shared == nil || n <= small {
		return staged{inline, bulk, func() {}}, nil
	}
	x, err := c.shared.get(n)
	if err != nil {
		return staged{}, c.gone(err)
	}
	err = c.shared.with(x, n, func(to []byte) {
		for _, p := range bulk {
			to = to[copy(to, p):]
		}
	})
	if err != nil {
		return staged{}, c.gone(err)
	}
	return staged{uint64(x.from), nil, func() { c.shared.put(x) }}, nil
}

// gone returns why the shared memory is gone, if that is what err says.
func (c *client) gone(err error) error {
	if err != errUnmapped {
		return err
	}
	<-c.ended // the reader, which has taken it away, is about to
	return c.dead
}
