// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/zkml-go/zkml/tensor"
)

// An Outline is what a verifier without the weights needs of a program: its identity and
// what its outputs look like.
type Outline struct {
	// Digest is that of the program.
	Digest  [32]byte
	Outputs []OutlineOutput
}

// An OutlineOutput is an output with the shape and the range of its value.
type OutlineOutput struct {
	Output
	Shape tensor.Shape
	Range Range
}

// Outline returns the outline of p.
func (p *Program) Outline() *Outline {
	o := &Outline{Digest: p.Digest()}
	for _, out := range p.Outputs {
		n := &p.Nodes[out.ID]
		o.Outputs = append(o.Outputs, OutlineOutput{out, n.Shape, n.Range})
	}
	return o
}

// ReadOutline reads the outline of a program from its canonical text, see WriteText, in
// which weights are hashes. The digest is that of the text: a program of another text has
// another one. That there is a program with this text is not checked, which takes its
// weights. Errors wrap ErrFormat.
func ReadOutline(text string) (*Outline, error) {
	o, err := readOutline(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return o, nil
}

func readOutline(text string) (*Outline, error) {
	o := &Outline{Digest: sha256.Sum256([]byte(text))}
	var nodes []OutlineOutput // of which the names of outputs are not known
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if i == 0 {
			if line != textHeader {
				return nil, fmt.Errorf("the text starts with %q, want %q", clip(line), textHeader)
			}
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		_, rest, _ = strings.Cut(rest, " ") // the number
		switch verb {
		case "table":
		case "node":
			n, err := outlineNode(rest)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			nodes = append(nodes, n)
		case "output":
			var out Output
			if err := json.Unmarshal([]byte(rest), &out); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			if out.ID < 0 || int(out.ID) >= len(nodes) {
				return nil, fmt.Errorf("line %d: output of node %d of %d", i+1, out.ID, len(nodes))
			}
			if err := out.Visibility.Check(); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			n := nodes[out.ID]
			n.Output = out
			o.Outputs = append(o.Outputs, n)
		default:
			return nil, fmt.Errorf("line %d: %q is neither table, node nor output", i+1, clip(verb))
		}
	}
	if len(o.Outputs) == 0 {
		return nil, fmt.Errorf("no outputs")
	}
	return o, nil
}

// outlineNode reads KIND NAME [ARGUMENT…] [EXTENT…] [LO,HI].
func outlineNode(line string) (n OutlineOutput, err error) {
	_, values, _ := strings.Cut(line, " ")
	var name string
	var args []ID
	var bounds [2]int64
	dec := json.NewDecoder(strings.NewReader(values))
	for _, v := range []any{&name, &args, &n.Shape, &bounds} {
		if err := dec.Decode(v); err != nil {
			return n, fmt.Errorf("node %q: %w", clip(name), err)
		}
	}
	n.Range = Range{Lo: bounds[0], Hi: bounds[1]}
	if err := n.Shape.Check(); err != nil {
		return n, fmt.Errorf("node %q: %w", clip(name), err)
	}
	if err := n.Range.Check(); err != nil {
		return n, fmt.Errorf("node %q: %w", clip(name), err)
	}
	return n, nil
}
