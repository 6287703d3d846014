// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"strings"

	"github.com/zkml-go/zkml/graph"
)

// An activation is a function that the gates of recurrent operators may apply.
// alpha and beta are its defaults, NaN for one that the function lacks; apply
// computes it.
type activation struct {
	alpha, beta float64
	apply       func(n *node, x graph.ID, alpha, beta float64) graph.ID
}

var absent = math.NaN()

// recurrentActivations lists the functions by lower-case name, with the defaults
// of the operators of the same names.
//
// https://onnx.ai/onnx/operators/onnx__LSTM.html
var recurrentActivations = map[string]activation{
	"relu":    {absent, absent, plain("relu")},
	"tanh":    {absent, absent, plain("tanh")},
	"sigmoid": {absent, absent, plain("sigmoid")},
	"affine":  {1, 0, func(n *node, x graph.ID, a, b float64) graph.ID { return n.b.Linear(b, []float64{a}, x) }},
	"scaledtanh": {1, 1, func(n *node, x graph.ID, a, b float64) graph.ID {
		return n.b.Linear(0, []float64{a}, plain("tanh")(n, n.b.Linear(0, []float64{b}, x), 0, 0))
	}},
	"hardsigmoid": {0.2, 0.5, func(n *node, x graph.ID, a, b float64) graph.ID {
		return n.b.Map(n.b.Linear(b, []float64{a}, x), graph.Func{Name: "clip", Params: []float64{0, 1}})
	}},
	"leakyrelu":       {0.01, absent, withAlpha("leakyrelu")},
	"thresholdedrelu": {1, absent, withAlpha("threshold")},
	"elu":             {1, absent, withAlpha("elu", 1)},
	"softsign":        {absent, absent, plain("softsign")},
	"softplus":        {absent, absent, plain("softplus")},
}

func plain(name string) func(n *node, x graph.ID, _, _ float64) graph.ID {
	return func(n *node, x graph.ID, _, _ float64) graph.ID { return n.b.Map(x, graph.Func{Name: name}) }
}

func withAlpha(name string, more ...float64) func(n *node, x graph.ID, alpha, _ float64) graph.ID {
	return func(n *node, x graph.ID, alpha, _ float64) graph.ID {
		return n.b.Map(x, graph.Func{Name: name, Params: append([]float64{alpha}, more...)})
	}
}

// activations returns the functions called names. Their parameters come from the
// attributes activation_alpha and activation_beta, which hold one number for each
// function, or one for each function that has the parameter.
func (c *recurrent) activations(names []string) []func(graph.ID) graph.ID {
	n := c.n
	entries := make([]activation, len(names))
	for i, name := range names {
		e, ok := recurrentActivations[strings.ToLower(name)]
		if !ok {
			n.Failf("activation %q is not supported", name)
		}
		entries[i] = e
	}
	given := func(attr string, param func(e *activation) *float64) {
		xs := n.Floats(attr)
		positional := len(xs) == len(names)
		for i := range entries {
			p := param(&entries[i])
			switch has := !math.IsNaN(*p); {
			case len(xs) == 0:
				return
			case has:
				*p, xs = float64(xs[0]), xs[1:]
			case positional:
				xs = xs[1:]
			}
		}
		if len(xs) > 0 {
			n.Failf("attribute %q has %d numbers too many", attr, len(xs))
		}
	}
	given("activation_alpha", func(e *activation) *float64 { return &e.alpha })
	given("activation_beta", func(e *activation) *float64 { return &e.beta })
	out := make([]func(graph.ID) graph.ID, len(entries))
	for i, e := range entries {
		out[i] = func(x graph.ID) graph.ID { return e.apply(n, x, e.alpha, e.beta) }
	}
	return out
}

// gated is f for the arguments of gates, which the attribute clip bounds. ONNX
// Runtime does not bound the state on its way to the output; the specification
// leaves that open.
func (c *recurrent) gated(f func(graph.ID) graph.ID) func(graph.ID) graph.ID {
	if !c.n.HasAttr("clip") {
		return f
	}
	if !(c.clip > 0) {
		c.n.Failf("attribute \"clip\" is %v, want a positive number", c.clip)
	}
	return func(x graph.ID) graph.ID {
		return f(c.n.b.Map(x, graph.Func{Name: "clip", Params: []float64{-c.clip, c.clip}}))
	}
}
