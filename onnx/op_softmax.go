// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
)

const (
	softmaxNote = "as the last layer it is dropped: the output is its logits and argmax is unchanged"
	maskNote    = softmaxNote + "; elements below -10000 by a constant are hidden"
)

var (
	_ = register("Softmax", since(1), flattened(softmax), note(maskNote))
	_ = register("Softmax", since(13), alongAxis(softmax), note(maskNote))
	_ = register("LogSoftmax", since(1), flattened(logSoftmax), note(softmaxNote))
	_ = register("LogSoftmax", since(13), alongAxis(logSoftmax), note(softmaxNote))
	_ = register("Hardmax", since(1), flattened(hardmax))
	_ = register("Hardmax", since(13), alongAxis(hardmax))
)

// An overAxes computes, over the axes of a reduction, a tensor of x's shape.
type overAxes func(n *node, x graph.ID, r reduction) graph.ID

// alongAxis lowers a function that is taken along one axis.
//
// https://onnx.ai/onnx/operators/onnx__Softmax.html
func alongAxis(f overAxes) lowering {
	return func(n *node) []*value {
		axis := n.Int("axis", -1)
		if out := n.dropped(); out != nil {
			return out
		}
		s := n.ShapeOf(n.moved(0))
		r := over(s, n.Axis(axis, len(s)))
		if m := n.moved(0).masked; m != nil && n.p.OpType == "Softmax" {
			if first, ok := m.first(s, r.axes[0]); ok {
				return floats(m.softmax(n, r, first))
			}
		}
		return floats(f(n, n.In(0), r))
	}
}

// flattened is alongAxis under the rule of versions before 13: the function is
// taken over all axes from axis on.
func flattened(f overAxes) lowering {
	return func(n *node) []*value {
		axis := n.Int("axis", 1)
		if s := n.ShapeOf(n.moved(0)); axis == int64(len(s)-1) || axis == -1 {
			return alongAxis(f)(n) // the same
		}
		if out := n.dropped(); out != nil {
			return out
		}
		x := n.In(0)
		s := n.Shape(x)
		from := len(s) // no axes: of a vector, whose default axis is its end
		if axis != int64(from) {
			from = n.Axis(axis, len(s))
		}
		return floats(f(n, x, over(s, axes(from, len(s))...)))
	}
}

// softmax is exp(x − m) / ∑ exp(x − m), where m is the maximum.
func softmax(n *node, x graph.ID, r reduction) graph.ID {
	e := n.b.Map(n.minus(x, n.max(x, r), r), graph.Func{Name: "exp"})
	return n.b.Divide(e, n.restore(n.sum(e, r, 1), r))
}

// logSoftmax is x − m − ln ∑ exp(x − m), where m is the maximum.
func logSoftmax(n *node, x graph.ID, r reduction) graph.ID {
	d := n.minus(x, n.max(x, r), r)
	total := n.sum(n.b.Map(d, graph.Func{Name: "exp"}), r, 1)
	return n.minus(d, n.b.Map(total, graph.Func{Name: "log"}), r)
}

// dropped leaves out a softmax that nothing but network outputs takes, but for
// changes of shape on the way, or returns nil: it keeps the order of the elements
// it is taken over, so the input passes through, marked.
func (n *node) dropped() []*value {
	if n.p.OpType == "Hardmax" || len(n.p.Outputs) == 0 || !n.im.last(n.p.Outputs[0]) {
		return nil
	}
	v := *n.Value(0)
	if v.masked != nil && v.masked.infinite {
		return nil
	}
	v.masked = nil
	if v.host != nil {
		v = value{dtype: v.dtype, id: n.In(0)}
	}
	v.dropped = fmt.Sprintf("%s %q", n.p.OpType, label(n.p))
	return []*value{&v}
}

// moves lists the operators that pass on a marked value, and, as false, those
// that only look at its shape.
var moves = map[string]bool{
	"Identity": true, "Cast": true, "Dropout": true, "Flatten": true, "Reshape": true, "Squeeze": true, "Unsqueeze": true,
	"QuantizeLinear": true, "DequantizeLinear": true, "ai.onnx.ml.ZipMap": true, "Shape": false, "Size": false, "EyeLike": false,
}

// last reports whether a value reaches outputs of the network only, on ways along
// which operators only move it.
func (im *importer) last(name string) bool {
	if im.takers == nil {
		im.takers = map[string][]int{}
		for i := range im.model.Graph.Nodes {
			if im.live[i] {
				taken(&im.model.Graph.Nodes[i], func(name string) { im.takers[name] = append(im.takers[name], i) })
			}
		}
	}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		for _, i := range im.takers[queue[0]] {
			p := &im.model.Graph.Nodes[i]
			on, ok := moves[qualified(p.Domain, p.OpType)]
			if !ok || p.Inputs[0] != queue[0] || len(p.Outputs) == 0 {
				return false
			}
			if on {
				queue = append(queue, p.Outputs[0])
			}
		}
	}
	return true
}
