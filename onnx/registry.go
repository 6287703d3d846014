// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

// A lowering computes the outputs of a node; it reports errors through the node.
type lowering func(n *node) []*value

// A since is the first opset version that a lowering is right for.
type since int64

// An operator is one entry of the registry.
type operator struct {
	domain, name string
	since        since
	lower        lowering
	// host, if not nil, computes the node when all its inputs are known now and
	// none is large.
	host lowering
	note string
}

// An opOption completes an entry of the registry.
type opOption func(*operator)

// onHost gives the computation for nodes all of whose inputs are known now.
func onHost(f lowering) opOption { return func(o *operator) { o.host = f } }

// in gives the domain of an operator that is not in the default one.
func in(domain string) opOption { return func(o *operator) { o.domain = domain } }

// note says in docs/operators.md what is not supported, or how.
func note(text string) opOption { return func(o *operator) { o.note = text } }

// operators holds the entries by domain and name, in order of since.
var operators = map[[2]string][]*operator{}

// register adds an operator of the default domain. An operator whose meaning or
// form changed is registered once for each form.
func register(name string, from since, lower lowering, opts ...opOption) struct{} {
	o := &operator{name: name, since: from, lower: lower}
	for _, opt := range opts {
		opt(o)
	}
	key := [2]string{o.domain, o.name}
	for _, other := range operators[key] {
		if other.since == o.since {
			panic(fmt.Sprintf("zkml: internal error: operator %s registered twice since version %d", name, from))
		}
	}
	operators[key] = append(operators[key], o)
	slices.SortFunc(operators[key], func(a, b *operator) int { return int(a.since - b.since) })
	return struct{}{}
}

// lookup finds the entry for an operator in the versions that a model imports.
func lookup(domain, name string, versions map[string]int64) (*operator, error) {
	version, imported := versions[domain]
	if !imported {
		return nil, fmt.Errorf("operator %s: the model does not import its operator set", qualified(domain, name))
	}
	entries := operators[[2]string{domain, name}]
	if reason := refused[name]; reason != "" && domain == "" {
		return nil, fmt.Errorf("operator %s is not supported: %s", name, reason)
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("operator %s is not supported", qualified(domain, name))
	}
	for _, o := range slices.Backward(entries) {
		if int64(o.since) <= version {
			return o, nil
		}
	}
	return nil, fmt.Errorf("operator %s is supported from opset %d on", qualified(domain, name), entries[0].since)
}

// apply computes a node, on the host if it can.
func (o *operator) apply(n *node) []*value {
	if o.host != nil && n.known(maxHost) {
		return o.host(n)
	}
	return o.lower(n)
}

// one makes a lowering of a function that computes a single floating-point
// output.
func one(f func(n *node) graph.ID) lowering {
	return func(n *node) []*value { return floats(f(n)) }
}

// hostOnly is the lowering of operators that exist on the host only.
func hostOnly(n *node) []*value {
	n.Fail(fmt.Errorf("supported only where its inputs do not depend on the network's input"))
	return nil
}

// An Operator describes a supported operator. Since lists the opset versions
// that introduced a form that is supported: each holds up to the next.
type Operator struct {
	Domain, Name string
	Since        []int
	Notes        []string
}

// Operators lists the supported operators in order of domain and name.
func Operators() []Operator {
	var out []Operator
	keys := slices.SortedFunc(maps.Keys(operators), func(a, b [2]string) int {
		return strings.Compare(a[0]+"."+a[1], b[0]+"."+b[1])
	})
	for _, key := range keys {
		op := Operator{Domain: key[0], Name: key[1]}
		for _, o := range operators[key] {
			op.Since = append(op.Since, int(o.since))
			if o.note != "" && !slices.Contains(op.Notes, o.note) {
				op.Notes = append(op.Notes, o.note)
			}
		}
		out = append(out, op)
	}
	return out
}

// truths makes a lowering of a function that computes a single output of 0 and 1.
func truths(f func(n *node) graph.ID) lowering {
	return func(n *node) []*value { return []*value{{dtype: onnxpb.Bool, id: f(n)}} }
}

// floats returns id as the output of a lowering.
func floats(id graph.ID) []*value { return []*value{{dtype: onnxpb.Float, id: id}} }
