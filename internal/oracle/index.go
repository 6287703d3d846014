// SPDX-License-Identifier: Apache-2.0

package oracle

// count returns the number of positions in an array with these extents.
func count(extents []int) int {
	if len(extents) == 0 {
		return 1
	}
	return extents[0] * count(extents[1:])
}

// position returns the position whose row-major number is k.
func position(k int, extents []int) []int {
	if len(extents) == 0 {
		return nil
	}
	inner := count(extents[1:])
	return append([]int{k / inner}, position(k%inner, extents[1:])...)
}

// number returns the row-major number of a position.
func number(position, extents []int) int {
	if len(extents) == 0 {
		return 0
	}
	return position[0]*count(extents[1:]) + number(position[1:], extents[1:])
}

// pick returns the entries of list at the given places.
func pick(list, places []int) []int {
	out := make([]int, len(places))
	for i, p := range places {
		out[i] = list[p]
	}
	return out
}

// every calls visit with each assignment of the free entries of index, which
// range over the extents; the others stay as they are.
func every(index, extents []int, free map[int]bool, visit func()) {
	for l := range extents {
		if !free[l] {
			continue
		}
		delete(free, l)
		for i := range extents[l] {
			index[l] = i
			every(index, extents, free, visit)
		}
		free[l] = true
		return
	}
	visit()
}
