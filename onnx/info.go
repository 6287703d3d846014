// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

// Info describes a model file.
type Info struct {
	// Producer is the program that wrote the file, with its version.
	Producer  string
	IRVersion int64
	// Opsets lists the imported operator sets, as "ai.onnx 13".
	Opsets []string
	// Nodes counts the nodes and Operators the nodes by operator, in order of
	// name.
	Nodes     int
	Operators []OperatorCount
	// Parameters counts the elements of the floating-point tensors that the
	// outputs depend on.
	Parameters int64
	// MACs counts the multiply-accumulates of one inference in contractions of
	// which one operand is a constant, and DynamicMACs those in the others. If
	// nodes are unsupported, those that could be lowered are counted.
	MACs, DynamicMACs int64
	// Unsupported lists the nodes that cannot be lowered.
	Unsupported []NodeError
	// Open lists the inputs whose shape the model leaves open and no option gives.
	Open []OpenInput
}

// An OpenInput is an input with dimensions that the model does not fix: Dims has the
// extents of the others, and for these their names in the model, "N" if they have
// none, or is nil if the model declares no shape.
type OpenInput struct {
	Name string
	Dims []string
}

// An OperatorCount is an operator, with its domain unless that is the default
// one, and how many nodes apply it.
type OperatorCount struct {
	Operator string
	Count    int
}

// A NodeError says why a node cannot be lowered. Opset is the version of the
// operator set of the node's domain.
type NodeError struct {
	Node  string
	Op    string
	Opset int64
	Err   error
}

// Error implements error.
func (e *NodeError) Error() string {
	if e.Opset == 0 {
		return fmt.Sprintf("%s %q: %v", e.Op, e.Node, e.Err)
	}
	return fmt.Sprintf("node %q (%s, opset %d): %v", e.Node, e.Op, e.Opset, e.Err)
}

// Unwrap returns the reason.
func (e *NodeError) Unwrap() error { return e.Err }

// newInfo describes a decoded file before it is lowered.
func newInfo(m *onnxpb.Model) *Info {
	info := &Info{Producer: m.ProducerName, IRVersion: m.IRVersion, Nodes: len(m.Graph.Nodes)}
	if m.ProducerVersion != "" {
		info.Producer += " " + m.ProducerVersion
	}
	for _, o := range m.Opsets {
		d := o.Domain
		if d == "" {
			d = "ai.onnx"
		}
		info.Opsets = append(info.Opsets, fmt.Sprintf("%s %d", d, o.Version))
	}
	counts := map[string]int{}
	for i := range m.Graph.Nodes {
		counts[qualified(m.Graph.Nodes[i].Domain, m.Graph.Nodes[i].OpType)]++
	}
	for _, op := range slices.Sorted(maps.Keys(counts)) {
		info.Operators = append(info.Operators, OperatorCount{op, counts[op]})
	}
	return info
}

// count adds up the multiply-accumulates of g.
func (info *Info) count(g *graph.Graph) {
	// constant marks the nodes that depend on no input.
	constant := make([]bool, len(g.Nodes))
	for id, n := range g.Nodes {
		_, input := n.Op.(graph.Input)
		constant[id] = !input
		for _, a := range n.Args {
			constant[id] = constant[id] && constant[a]
		}
		c, ok := n.Op.(graph.Contract)
		if !ok || constant[id] {
			continue
		}
		macs := int64(1)
		for _, e := range c.Contraction.Extents {
			macs *= int64(e)
		}
		if constant[n.Args[0]] || constant[n.Args[1]] {
			info.MACs = min(info.MACs, math.MaxInt64-macs) + macs
		} else {
			info.DynamicMACs = min(info.DynamicMACs, math.MaxInt64-macs) + macs
		}
	}
}
