// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"strings"

	"github.com/zkml-go/zkml/graph"
)

// An Override sets the quantization parameters of what some of the model's nodes
// compute.
type Override struct {
	// Nodes names a node of the model, or an input; * stands for any characters.
	Nodes string
	// Bits is the width of their activations, 4 to 16; 0 leaves it.
	Bits int
	// Span, if not nil, takes the place of what calibration saw.
	Span *Span
}

// override applies the overrides to a calibration of g and returns it with the
// width of every activation.
func (o *Options) override(g *graph.Graph, cal *Calibration) (*Calibration, []int, error) {
	bits := make([]int, len(g.Nodes))
	for id := range bits {
		bits[id] = o.ActBits
	}
	out := &Calibration{Spans: append([]Span{}, cal.Spans...), Samples: cal.Samples}
	for _, v := range o.Overrides {
		if v.Bits != 0 && (v.Bits < minActBits || v.Bits > maxActBits) {
			return nil, nil, fmt.Errorf("node %s: activations of %d bits, want %d to %d", v.Nodes, v.Bits, minActBits, maxActBits)
		}
		if s := v.Span; s != nil && !(s.Lo < s.Hi && finite([]float64{s.Lo, s.Hi})) {
			return nil, nil, fmt.Errorf("node %s: [%v, %v] is not an interval", v.Nodes, s.Lo, s.Hi)
		}
		found := false
		for id, n := range g.Nodes {
			if n.Op.Kind() == "const" || !matches(v.Nodes, n.Name) {
				continue
			}
			found = true
			if v.Bits != 0 {
				bits[id] = v.Bits
			}
			if v.Span != nil {
				out.Spans[id] = *v.Span
			}
		}
		if !found {
			return nil, nil, fmt.Errorf("the model has no node %q", v.Nodes)
		}
	}
	return out, bits, nil
}

// matches reports whether a pattern, in which * stands for any characters, is all of
// name.
func matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	last := len(parts) - 1
	name, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	for _, p := range parts[1:last] {
		if _, name, ok = strings.Cut(name, p); !ok {
			return false
		}
	}
	return strings.HasSuffix(name, parts[last])
}
