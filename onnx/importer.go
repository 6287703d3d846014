// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

// importer holds one model on its way to a graph.
type importer struct {
	b     *graph.Builder
	opts  options
	model *onnxpb.Model
	info  *Info

	// version is the opset version by domain.
	version map[string]int64
	// producer is the index of the node that computes a name, and live marks the
	// nodes that an output depends on, uses the names that a live node or an
	// output takes.
	producer map[string]int
	live     []bool
	uses     map[string]bool
	// takers lists, once a softmax asked for it, the live nodes that take a name.
	takers map[string][]int
	// scope holds the values of the names seen so far.
	scope map[string]*value
	// dims holds the extents of named dimensions.
	dims map[string]int
	// spent counts the elements computed on the host.
	spent int
	// promotions lists the tensors promoted for the current node: if it fails,
	// their constants are gone.
	promotions []*host
}

// run lowers every live node in order; nodes that cannot be lowered go to
// info.Unsupported.
func (im *importer) run() {
	for i := range im.model.Graph.Nodes {
		if !im.live[i] {
			continue
		}
		if err := im.node(&im.model.Graph.Nodes[i]); err != nil {
			im.info.Unsupported = append(im.info.Unsupported, *err)
		}
	}
	for _, o := range im.model.Graph.Outputs {
		v := im.scope[o.Name]
		if v == nil || v.failed {
			continue
		}
		err := im.b.Try(func() { im.b.Output(o.Name, im.promote(v), v.note()) })
		if err != nil {
			im.info.Unsupported = append(im.info.Unsupported, NodeError{Node: o.Name, Op: "output", Err: err})
		}
	}
}

// node lowers one node.
func (im *importer) node(p *onnxpb.Node) *NodeError {
	n := &node{im: im, p: p, b: im.b}
	fail := func(err error) *NodeError {
		im.declare(p)
		return &NodeError{Node: label(p), Op: qualified(p.Domain, p.OpType), Opset: im.version[domain(p.Domain)], Err: err}
	}
	op, err := lookup(domain(p.Domain), p.OpType, im.version)
	if err != nil {
		return fail(err)
	}
	failed := false
	taken(p, func(name string) {
		v := im.scope[name]
		failed = failed || v != nil && v.failed
	})
	if failed {
		im.declare(p)
		return nil // reported where it failed
	}
	var outs []*value
	im.promotions = nil
	err = im.b.Try(func() {
		im.b.At(label(p))
		im.b.Fail(n.run(func() { outs = op.apply(n) }))
		im.b.Fail(n.unread())
		im.b.Fail(n.surplus(len(outs)))
	})
	if err != nil {
		for _, h := range im.promotions {
			h.promoted = false
		}
		return fail(err)
	}
	for i, v := range outs {
		if v != nil && i < len(p.Outputs) && p.Outputs[i] != "" {
			im.scope[p.Outputs[i]] = im.settle(v, p.Outputs[i])
		}
	}
	return nil
}

// settle makes a host tensor of a graph node that turned out to be a constant,
// and names what was computed on the host.
func (im *importer) settle(v *value, name string) *value {
	if v.host != nil {
		if v.host.what == "" {
			v.host.what = fmt.Sprintf("value %q", name)
		}
		return v
	}
	data := im.b.ConstData(v.id)
	if data == nil || v.dtype.IsInt() {
		return v
	}
	v.host = &host{what: fmt.Sprintf("value %q", name), dtype: v.dtype, shape: im.b.Shape(v.id), floats: data, constant: v.id, promoted: true}
	return v
}

// declare stands in for the outputs of a node that cannot be lowered: an input
// of the declared shape where the model declares one, else a failed value.
func (im *importer) declare(p *onnxpb.Node) {
	for _, name := range p.Outputs {
		if name == "" {
			continue
		}
		v := &value{failed: true}
		if info, ok := im.declared(name); ok && info.Type.IsFloat() {
			if s, err := im.resolve(info); err == nil {
				im.b.Try(func() { v = &value{dtype: info.Type, id: im.b.Input(name, s)} })
				v.failed = v.id < 0
			}
		}
		im.scope[name] = v
	}
}

// declared returns what the model says about a value.
func (im *importer) declared(name string) (onnxpb.ValueInfo, bool) {
	g := im.model.Graph
	for _, list := range [][]onnxpb.ValueInfo{g.Values, g.Outputs} {
		for _, v := range list {
			if v.Name == name {
				return v, true
			}
		}
	}
	return onnxpb.ValueInfo{}, false
}

// label names a node in messages: its name, or its first output.
func label(p *onnxpb.Node) string {
	if p.Name == "" && len(p.Outputs) > 0 {
		return p.Outputs[0]
	}
	return p.Name
}

// domain maps the two names of the default domain to one.
func domain(d string) string {
	if d == "ai.onnx" {
		return ""
	}
	return d
}

// qualified names an operator with its domain unless that is the default one.
func qualified(d, op string) string {
	if domain(d) == "" {
		return op
	}
	return d + "." + op
}

// opsets checks the operator sets that the model imports.
func (im *importer) opsets() error {
	im.version = map[string]int64{}
	for _, o := range im.model.Opsets {
		d := domain(o.Domain)
		if v, dup := im.version[d]; dup && v != o.Version {
			return fmt.Errorf("the model imports versions %d and %d of operator set %q", v, o.Version, o.Domain)
		}
		im.version[d] = o.Version
	}
	v, ok := im.version[""]
	switch {
	case im.model.Functions > 0:
		return fmt.Errorf("the model defines %d functions of its own, which is not supported: inline them", im.model.Functions)
	case !ok && im.model.IRVersion < 3:
		im.version[""] = 1 // the rule of the specification for such files
	case !ok && im.usesDefault():
		return errors.New("the model does not say which version of the default operator set it uses (opset_import is missing)")
	case ok && (v < 1 || v > MaxOpset):
		return fmt.Errorf("the model uses version %d of the default operator set, known are 1 to %d", v, MaxOpset)
	}
	return nil
}

// usesDefault reports whether some node is in the default domain.
func (im *importer) usesDefault() bool {
	for i := range im.model.Graph.Nodes {
		if domain(im.model.Graph.Nodes[i].Domain) == "" {
			return true
		}
	}
	return false
}
