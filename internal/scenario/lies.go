// SPDX-License-Identifier: Apache-2.0

package scenario

// set makes element i of a value x.
func set(name string, i int, x int64) func(*Run) {
	return func(r *Run) { r.Change(name, i, x) }
}

// add adds delta to element i of a value.
func add(name string, i int, delta int64) func(*Run) {
	return func(r *Run) { r.Change(name, i, r.Trace()[r.node(name)][i]+delta) }
}

// swap exchanges two elements of a value.
func swap(name string, i, j int) func(*Run) {
	return func(r *Run) {
		v := r.Trace()[r.node(name)]
		r.Change(name, i, v[j])
		r.Change(name, j, v[i])
	}
}

// addColumn adds delta to element i of the k-th column of a name.
func addColumn(name string, k, i int, delta int64) func(*Run) {
	return func(r *Run) {
		x, d := &r.Column(name, k)[i], fromInt(delta)
		x.Add(x, &d)
	}
}

// addFraction adds num/den, taken in the field, to element i of a column.
func addFraction(name string, i int, num, den int64) func(*Run) {
	return func(r *Run) {
		x, n, d := &r.Column(name, 0)[i], fromInt(num), fromInt(den)
		x.Add(x, n.Mul(&n, d.Inverse(&d)))
	}
}

// all tells several lies.
func all(lies ...func(*Run)) func(*Run) {
	return func(r *Run) {
		for _, lie := range lies {
			lie(r)
		}
	}
}
