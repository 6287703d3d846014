// SPDX-License-Identifier: Apache-2.0

package ir

// An elementwise op computes element i of its result from elements i of its
// arguments, which have its shape. The executor computes it while an argument is
// still in the cache.
type elementwise interface {
	Op
	// each sets dst from args, which have its length and do not overlap it.
	each(p *Program, dst []int64, args [][]int64)
}

// evalEach is Eval of an elementwise op.
func evalEach(o elementwise, p *Program, args []Tensor) []int64 {
	out := make([]int64, len(args[0].Data))
	data := make([][]int64, len(args))
	for i, a := range args {
		data[i] = a.Data
	}
	o.each(p, out, data)
	return out
}
