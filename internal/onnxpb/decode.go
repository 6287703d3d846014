// SPDX-License-Identifier: Apache-2.0

package onnxpb

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// Decode reads a ModelProto. The model aliases data, which must not change
// while the model is in use.
func Decode(data []byte) (*Model, error) {
	b := newBudget(len(data))
	m := &Model{}
	err := fields(data, func(f field) error {
		switch f.num {
		case 1:
			return setInt(&m.IRVersion, f)
		case 2:
			return setString(&m.ProducerName, f)
		case 3:
			return setString(&m.ProducerVersion, f)
		case 7:
			return one(&m.Graph, f, func(g *Graph, msg []byte) error { return g.decode(msg, b, 1) })
		case 8:
			return many(&m.Opsets, f, b, (*OperatorSet).decode)
		case 25:
			m.Functions++
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("not a readable ONNX file: %w", err)
	case m.Graph == nil:
		return nil, fmt.Errorf("not a readable ONNX file: no graph in %d bytes", len(data))
	}
	return m, nil
}

// DecodeTensor reads a TensorProto that is a file of its own, as the test data
// of ONNX are.
func DecodeTensor(data []byte) (*Tensor, error) {
	t := &Tensor{}
	return t, t.decode(data)
}

func (o *OperatorSet) decode(msg []byte) error {
	return fields(msg, func(f field) error {
		switch f.num {
		case 1:
			return setString(&o.Domain, f)
		case 2:
			return setInt(&o.Version, f)
		}
		return nil
	})
}

func (g *Graph) decode(msg []byte, b *budget, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("graphs nest more than %d deep", MaxDepth)
	}
	return fields(msg, func(f field) error {
		switch f.num {
		case 1:
			if b.nodes--; b.nodes < 0 {
				return fmt.Errorf("more than %d nodes", MaxNodes)
			}
			i := len(g.Nodes)
			err := many(&g.Nodes, f, b, func(n *Node, msg []byte) error { return n.decode(msg, b, depth) })
			if err != nil {
				return fmt.Errorf("node %d%s: %w", i, quoted(g.Nodes, i), err)
			}
		case 2:
			return setString(&g.Name, f)
		case 5:
			t := &Tensor{}
			if err := b.message(); err != nil {
				return err
			}
			if err := f.want(protowire.BytesType); err != nil {
				return err
			}
			if err := t.decode(f.data); err != nil {
				return fmt.Errorf("initializer %d %q: %w", len(g.Initializers), t.Name, err)
			}
			g.Initializers = append(g.Initializers, t)
		case 11:
			return value("input", &g.Inputs, f, b)
		case 12:
			return value("output", &g.Outputs, f, b)
		case 13:
			return value("value", &g.Values, f, b)
		case 15:
			g.Sparse++
		}
		return nil
	})
}

// quoted returns the name of node i for a message, if it has been read.
func quoted(nodes []Node, i int) string {
	if i >= len(nodes) || nodes[i].Name == "" {
		return ""
	}
	return fmt.Sprintf(" %q", nodes[i].Name)
}

func (n *Node) decode(msg []byte, b *budget, depth int) error {
	return fields(msg, func(f field) error {
		switch f.num {
		case 1:
			return addString(&n.Inputs, f, setString)
		case 2:
			return addString(&n.Outputs, f, setString)
		case 3:
			return setString(&n.Name, f)
		case 4:
			return setString(&n.OpType, f)
		case 5:
			i := len(n.Attributes)
			err := many(&n.Attributes, f, b, func(a *Attribute, msg []byte) error { return a.decode(msg, b, depth) })
			if err != nil && i < len(n.Attributes) {
				return fmt.Errorf("attribute %q: %w", n.Attributes[i].Name, err)
			}
			return err
		case 7:
			return setString(&n.Domain, f)
		}
		return nil
	})
}
