// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/internal/onnxpb"
)

// attr returns an attribute and marks it as read; one of another type ends the
// lowering.
func (n *node) attr(name string, t onnxpb.AttributeType) *onnxpb.Attribute {
	if n.read == nil {
		n.read = map[string]bool{}
	}
	n.read[name] = true
	var found *onnxpb.Attribute
	for i := range n.p.Attributes {
		a := &n.p.Attributes[i]
		if a.Name != name {
			continue
		}
		switch {
		case found != nil:
			n.Failf("attribute %q occurs twice", name)
		case a.Ref != "":
			n.Failf("attribute %q refers to attribute %q of a function", name, a.Ref)
		case a.Type != t:
			n.Failf("attribute %q is of type %v, want %v", name, a.Type, t)
		}
		found = a
	}
	return found
}

// unread reports an attribute that the lowering did not ask for.
func (n *node) unread() error {
	for i := range n.p.Attributes {
		if name := n.p.Attributes[i].Name; !n.read[name] {
			return fmt.Errorf("attribute %q is not supported", name)
		}
	}
	return nil
}

// HasAttr reports whether the node has an attribute, without reading it.
func (n *node) HasAttr(name string) bool {
	for i := range n.p.Attributes {
		if n.p.Attributes[i].Name == name {
			return true
		}
	}
	return false
}

// Ignore marks attributes that do not change what the node computes here.
func (n *node) Ignore(names ...string) {
	if n.read == nil {
		n.read = map[string]bool{}
	}
	for _, name := range names {
		n.read[name] = true
	}
}

// Int returns an integer attribute.
func (n *node) Int(name string, def int64) int64 {
	if a := n.attr(name, onnxpb.AttrInt); a != nil {
		return a.I
	}
	return def
}

// Bool returns an integer attribute that is 0 or 1.
func (n *node) Bool(name string, def bool) bool {
	a := n.attr(name, onnxpb.AttrInt)
	if a == nil {
		return def
	}
	if a.I != 0 && a.I != 1 {
		n.Failf("attribute %q is %d, want 0 or 1", name, a.I)
	}
	return a.I == 1
}

// Float returns a float attribute.
func (n *node) Float(name string, def float64) float64 {
	if a := n.attr(name, onnxpb.AttrFloat); a != nil {
		return float64(a.F)
	}
	return def
}

// String returns a string attribute.
func (n *node) String(name, def string) string {
	if a := n.attr(name, onnxpb.AttrString); a != nil {
		return a.S
	}
	return def
}

// Ints returns a list of integers, nil if the attribute is not there.
func (n *node) Ints(name string) []int64 {
	if a := n.attr(name, onnxpb.AttrInts); a != nil {
		return append([]int64{}, a.Ints...)
	}
	return nil
}

// Floats returns a list of floats, nil if the attribute is not there.
func (n *node) Floats(name string) []float32 {
	if a := n.attr(name, onnxpb.AttrFloats); a != nil {
		return append([]float32{}, a.Floats...)
	}
	return nil
}

// Strings returns a list of strings, nil if the attribute is not there.
func (n *node) Strings(name string) []string {
	if a := n.attr(name, onnxpb.AttrStrings); a != nil {
		return append([]string{}, a.Strings...)
	}
	return nil
}

// Tensor returns a tensor attribute, nil if it is not there.
func (n *node) Tensor(name string) *onnxpb.Tensor {
	if a := n.attr(name, onnxpb.AttrTensor); a != nil {
		return a.T
	}
	return nil
}

// maxExtent bounds every extent, pad, stride and index that a model states.
const maxExtent = 1 << 31

// Small converts numbers of the model to ints in [lo, maxExtent], or ends the
// lowering.
func (n *node) Small(what string, xs []int64, lo int64) []int {
	out := make([]int, len(xs))
	for i, x := range xs {
		if x < lo || x > maxExtent {
			n.Failf("%s %v: element %d is not in [%d, %d]", what, xs, i, lo, int64(maxExtent))
		}
		out[i] = int(x)
	}
	return out
}
