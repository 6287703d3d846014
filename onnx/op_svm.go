// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("SVMRegressor", since(1), lowerSVMRegressor, in(mlDomain))
	_ = register("SVMClassifier", since(1), lowerSVMClassifier, in(mlDomain), note("with support vectors and without probabilities; "+labelNote))
)

// kernel computes the kernel of x, samples · features, and each of count support
// vectors.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_SVMRegressor.html
func (n *node) kernel(x graph.ID, count int) graph.ID {
	s := n.Shape(x)
	vectors, params := n.Floats("support_vectors"), n.Floats("kernel_params")
	if len(vectors) != count*s[1] || count == 0 {
		n.Failf("support vectors of %d numbers, want %d of %d", len(vectors), count, s[1])
	}
	if params == nil {
		params = make([]float32, 3)
	}
	if len(params) != 3 {
		n.Failf("%d kernel_params, want 3", len(params))
	}
	gamma, constant, degree := float64(params[0]), float64(params[1]), float64(params[2])
	dot := n.b.Contract(x, n.b.Const(tensor.Shape{count, s[1]}, vectors), tensor.Contraction{
		Extents: []int{s[0], s[1], count}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}})
	switch kind := n.String("kernel_type", "LINEAR"); kind {
	case "LINEAR":
		return dot
	case "POLY":
		return n.b.Map(n.b.Linear(constant, []float64{gamma}, dot), graph.Func{Name: "pow", Params: []float64{degree}})
	case "SIGMOID":
		return n.b.Map(n.b.Linear(constant, []float64{gamma}, dot), graph.Func{Name: "tanh"})
	case "RBF": // |x − v|² = |x|² − 2x·v + |v|²
		squares := make([]float32, count)
		for i := range squares {
			sum := 0.0
			for _, v := range vectors[i*s[1] : (i+1)*s[1]] {
				sum += float64(v) * float64(v)
			}
			squares[i] = float32(sum)
		}
		r := over(s, 1)
		length := n.restore(n.sumSquares(x, r), r)
		return n.b.Map(n.b.Linear(0, []float64{2 * gamma, -gamma, -gamma}, dot, length, n.row(squares)), graph.Func{Name: "exp"})
	default:
		n.Failf("kernel_type %q is not supported", kind)
		return none
	}
}

// lowerSVMRegressor is the sum of the kernels, weighted, and rho, or with one_class
// its sign.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_SVMRegressor.html
func lowerSVMRegressor(n *node) []*value {
	x := n.samples()
	coefficients, rho := n.Floats("coefficients"), n.Floats("rho")
	if len(rho) != 1 {
		n.Failf("%d numbers rho, want one", len(rho))
	}
	count := n.Small("n_supports", []int64{n.Int("n_supports", 0)}, 0)[0]
	if count > 0 {
		x = n.kernel(x, count)
	} else if k := n.String("kernel_type", "LINEAR"); k != "LINEAR" {
		n.Failf("kernel_type %q without support vectors", k)
	} else {
		n.Ignore("kernel_params", "support_vectors")
	}
	if len(coefficients) != n.Shape(x)[1] {
		n.Failf("%d coefficients, want %d", len(coefficients), n.Shape(x)[1])
	}
	y := lowerMatMul(n, x, n.b.Const(tensor.Shape{len(coefficients), 1}, coefficients))
	y = n.b.Linear(float64(rho[0]), []float64{1}, y)
	if n.Bool("one_class", false) {
		n.String("post_transform", "NONE") // ONNX Runtime does not apply it
		return floats(n.b.Linear(-1, []float64{2}, n.b.Map(y, graph.Func{Name: "step"})))
	}
	return []*value{n.transformed(0, y)}
}

// lowerSVMClassifier takes a vote of each pair of classes: the first wins where the
// sum of the kernels of both classes' vectors, weighted, and rho is positive. The
// scores are these sums, of two classes after their negatives.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_SVMClassifier.html
func lowerSVMClassifier(n *node) []*value {
	if len(n.Floats("prob_a")) > 0 || len(n.Floats("prob_b")) > 0 {
		n.Failf("probabilities are not supported: export the decision function")
	}
	list, classes := n.labels("classlabels_ints", "classlabels_strings")
	perClass := n.Small("vectors_per_class", n.Ints("vectors_per_class"), 0)
	if len(perClass) == 0 || len(perClass) != classes || classes < 2 {
		n.Failf("%d classes, support vectors of %d", classes, len(perClass))
	}
	var class []int // of each vector
	for c, k := range perClass {
		n.Spend(k)
		class = append(class, slices.Repeat([]int{c}, k)...)
	}
	count, pairs := len(class), classes*(classes-1)/2
	coefficients, rho := n.Floats("coefficients"), n.Floats("rho")
	if len(coefficients) != count*(classes-1) || len(rho) != pairs {
		n.Failf("%d coefficients and %d numbers rho for %d vectors of %d classes", len(coefficients), len(rho), count, classes)
	}
	n.Spend(pairs * (count + classes))
	weights, votes, seconds := make([]float32, count*pairs), make([]float32, pairs*classes), make([]float32, classes)
	p := 0
	for i := range classes {
		for j := i + 1; j < classes; j++ {
			for m, c := range class {
				switch c {
				case i:
					weights[m*pairs+p] = coefficients[(j-1)*count+m]
				case j:
					weights[m*pairs+p] = coefficients[i*count+m]
				}
			}
			votes[p*classes+i], votes[p*classes+j] = 1, -1
			seconds[j]++
			p++
		}
	}
	y := lowerMatMul(n, n.kernel(n.samples(), count), n.b.Const(tensor.Shape{count, pairs}, weights))
	y = n.b.Sum(y, n.row(rho))
	won := n.b.Map(y, graph.Func{Name: "step"})
	sum := n.b.Sum(lowerMatMul(n, won, n.b.Const(tensor.Shape{pairs, classes}, votes)), n.row(seconds))
	if classes == 2 { // ONNX Runtime's: the specification leaves it open
		if t := n.String("post_transform", "NONE"); t != "NONE" && t != "LOGISTIC" {
			n.Failf("post_transform %q is not supported for two classes", t)
		}
		y = n.b.Concat(1, n.b.Linear(0, []float64{-1}, y), y)
	}
	return []*value{n.label(0, sum, list), n.transformed(1, y)}
}
