// SPDX-License-Identifier: Apache-2.0

// Package zoo writes well-known architectures as ONNX models with random weights
// from a seed, for those whose trained weights are not freely available: their
// sizes, their operators and their costs are those of the published networks,
// what they recognize is nothing.
//
// One file describes one architecture, or a family. BatchNormalization gets the
// statistics of the network on random images, so that activations neither vanish
// nor grow and depend on the input to the last layer.
package zoo

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// An Architecture is a network without weights.
type Architecture struct {
	Name string
	// Published says where it is described.
	Published string
	// Parameters and MACs are the published numbers of learned parameters and of
	// multiply-accumulates of one inference, to the digits that are published.
	Parameters, MACs float64
	// Vocabulary is the number of tokens that an input of their numbers, "tokens",
	// has elements below; 0 if the input is of real numbers.
	Vocabulary int

	build       func(n *net)
	transformer *Transformer // of a language model
}

// ErrUnknown is wrapped where no architecture has a name.
var ErrUnknown = errors.New("unknown architecture")

var all []Architecture

// register adds architectures.
func register(as ...Architecture) struct{} {
	all = append(all, as...)
	return struct{}{}
}

// Architectures returns all architectures by name.
func Architectures() []Architecture {
	return slices.SortedFunc(slices.Values(all), func(a, b Architecture) int { return strings.Compare(a.Name, b.Name) })
}

// Find returns the architecture of a name.
func Find(name string) (*Architecture, error) {
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("%w %q", ErrUnknown, name)
}

// Build returns the architecture with weights from seed as an ONNX file. Equal
// seeds give equal files. The input of a network for images is "input", a batch of
// any size of images N·C·H·W with elements in [−1, 1], that of a language model as
// Transformer says; the output is "logits".
func (a *Architecture) Build(seed uint64) ([]byte, error) {
	n := a.draw(seed)
	if len(n.norms) > 0 {
		if err := n.normalize(seed); err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
	}
	return n.model.Marshal(), nil
}

// draw builds the network with the statistics of its normalizations unset.
func (a *Architecture) draw(seed uint64) *net {
	n := newNet(seed)
	n.model = onnxwrite.Model{IRVersion: 8, Producer: "zkml zoo", Opsets: map[string]int64{"": 14}}
	a.build(n)
	return n
}
