// SPDX-License-Identifier: Apache-2.0

// Package onnxtest makes ONNX models for tests from a short text, and reads the
// official operator tests of ONNX.
package onnxtest

import (
	"bufio"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// A Case is a model with values for its inputs, in the order of the text.
type Case struct {
	Model  onnxwrite.Model
	Values map[string][]float64
}

// A reader reads a Case. graphs holds the graphs for attributes, of which open is
// being read.
type reader struct {
	Case
	graphs map[string]*onnxwrite.Model
	open   string
}

// Parse reads a model from lines of these forms; # starts a comment:
//
//	ir 8
//	opset 13
//	opset com.microsoft 1
//	input x float [1,N,?] 1 2 3           elements for a run of the model may follow
//	init w float [2,3] 1 2 3 4 5 6
//	value h float [1,4]
//	conv1: Conv x w _ -> y pads=[1,1,1,1] auto_pad="VALID"
//	output y
//
// Between "graph NAME" and "end" stand the lines of a graph that attributes of
// later nodes name: then_branch=graph:NAME. The name of a node may be left out, _ is a missing input, and an operator of
// another domain is written with the domain and a dot. Attribute values are 1
// (int), 1.5 (float), [1,2], [1.0,2.0], "text", ["a","b"] and float[2](1,2) (a
// tensor). For elements one may write "wave", a fixed sequence of small numbers,
// or "range".
func Parse(text string) (Case, error) {
	c := reader{Case: Case{Model: onnxwrite.Model{IRVersion: 8, Opsets: map[string]int64{}}, Values: map[string][]float64{}}, graphs: map[string]*onnxwrite.Model{}}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for k := 1; lines.Scan(); k++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if err := c.line(words); err != nil {
			return c.Case, fmt.Errorf("line %d: %w", k, err)
		}
	}
	return c.Case, lines.Err()
}

// MustParse is Parse for texts in tests; it panics on an error.
func MustParse(text string) Case {
	c, err := Parse(text)
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return c
}

func (c *reader) line(w []string) error {
	m := c.reading()
	if least := map[string]int{"ir": 2, "opset": 2, "output": 2, "input": 3, "value": 3, "init": 4, "graph": 2}[w[0]]; len(w) < least {
		return fmt.Errorf("%d words, want at least %d", len(w), least)
	}
	switch w[0] {
	case "ir":
		return number(w[1], &m.IRVersion)
	case "opset":
		d := strings.Join(w[1:len(w)-1], "")
		var v int64
		err := number(w[len(w)-1], &v)
		m.Opsets[d] = v
		return err
	case "graph":
		if c.open != "" {
			return fmt.Errorf("graph %s inside graph %s", w[1], c.open)
		}
		c.open, c.graphs[w[1]] = w[1], &onnxwrite.Model{}
		return nil
	case "end":
		c.open = ""
		return nil
	case "output":
		m.Outputs = append(m.Outputs, onnxwrite.Value{Name: w[1], Type: onnxwrite.Types["float"]})
		return nil
	case "input", "value":
		v, size, err := declaration(w)
		if err != nil {
			return err
		}
		if w[0] == "value" {
			m.Values = append(m.Values, v)
			return nil
		}
		m.Inputs = append(m.Inputs, v)
		if len(w) > 4 {
			c.Values[v.Name], err = elements(w[4:], size)
		}
		return err
	case "init":
		v, size, err := declaration(w)
		if err != nil {
			return err
		}
		t := onnxwrite.Tensor{Name: v.Name, Type: v.Type}
		for _, d := range v.Dims {
			extent, ok := d.(int)
			if !ok {
				return fmt.Errorf("initializer of open shape %v", v.Dims)
			}
			t.Dims = append(t.Dims, int64(extent))
		}
		t.Data, err = elements(w[4:], size)
		m.Inits = append(m.Inits, t)
		return err
	}
	return c.node(w)
}

// reading returns the model that lines add to: that of the open graph, if any.
func (c *reader) reading() *onnxwrite.Model {
	if c.open != "" {
		return c.graphs[c.open]
	}
	return &c.Model
}

// declaration reads "kind name type [dims]"; size is −1 if a dimension is open.
func declaration(w []string) (v onnxwrite.Value, size int, err error) {
	if len(w) < 3 || onnxwrite.Types[w[2]] == 0 {
		return v, 0, fmt.Errorf("want name, type and dimensions, got %v", w)
	}
	v = onnxwrite.Value{Name: w[1], Type: onnxwrite.Types[w[2]]}
	if len(w) == 3 {
		return v, -1, nil
	}
	v.Dims, size = []any{}, 1
	for _, d := range list(w[3]) {
		if n, err := strconv.Atoi(d); err == nil {
			v.Dims, size = append(v.Dims, n), size*n
			continue
		}
		size = -1
		if d == "?" {
			v.Dims = append(v.Dims, nil)
		} else {
			v.Dims = append(v.Dims, d)
		}
	}
	return v, size, nil
}

func (c *reader) node(w []string) error {
	n := onnxwrite.Node{Attrs: map[string]any{}}
	if name, ok := strings.CutSuffix(w[0], ":"); ok {
		n.Name, w = name, w[1:]
	}
	if len(w) == 0 {
		return fmt.Errorf("node %s has no operator", n.Name)
	}
	if i := strings.LastIndexByte(w[0], '.'); i >= 0 {
		n.Domain, n.Op = w[0][:i], w[0][i+1:]
	} else {
		n.Op = w[0]
	}
	names := &n.In
	for _, s := range w[1:] {
		name, value, attr := strings.Cut(s, "=")
		switch {
		case attr:
			v, err := c.attrValue(value)
			if err != nil {
				return fmt.Errorf("attribute %s: %w", name, err)
			}
			n.Attrs[name] = v
		case s == "->":
			names = &n.Out
		case s == "_":
			*names = append(*names, "")
		default:
			*names = append(*names, s)
		}
	}
	m := c.reading()
	m.Nodes = append(m.Nodes, n)
	return nil
}

func (c *reader) attrValue(s string) (any, error) {
	name, ok := strings.CutPrefix(s, "graph:")
	if !ok {
		return attrValue(s)
	}
	if g := c.graphs[name]; g != nil && name != c.open {
		return *g, nil
	}
	return nil, fmt.Errorf("no graph %q before this line", name)
}

func attrValue(s string) (any, error) {
	if s, ok := strings.CutPrefix(s, `"`); ok {
		return strings.TrimSuffix(s, `"`), nil
	}
	if strings.HasPrefix(s, `["`) {
		var out []string
		for _, x := range list(s) {
			out = append(out, strings.Trim(x, `"`))
		}
		return out, nil
	}
	if strings.HasPrefix(s, "[") {
		if strings.ContainsAny(s, ".ei") {
			var out []float32
			for _, x := range list(s) {
				f, err := strconv.ParseFloat(x, 32)
				if err != nil {
					return nil, err
				}
				out = append(out, float32(f))
			}
			return out, nil
		}
		out := []int64{}
		for _, x := range list(s) {
			var i int64
			if err := number(x, &i); err != nil {
				return nil, err
			}
			out = append(out, i)
		}
		return out, nil
	}
	if kind, rest, ok := strings.Cut(s, "["); ok {
		dims, data, _ := strings.Cut(rest, "(")
		t := onnxwrite.Tensor{Type: onnxwrite.Types[kind]}
		for _, x := range list(dims) {
			var d int64
			if err := number(x, &d); err != nil {
				return nil, err
			}
			t.Dims = append(t.Dims, d)
		}
		var err error
		t.Data, err = elements(list(data), -1)
		return t, err
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, nil
	}
	f, err := strconv.ParseFloat(s, 32)
	return float32(f), err
}

// elements reads numbers, or one of the fixed sequences of size numbers.
func elements(w []string, size int) ([]float64, error) {
	if len(w) == 1 && (w[0] == "wave" || w[0] == "range") {
		if size < 0 || size > 1<<16 {
			return nil, fmt.Errorf("%s of %d elements", w[0], size)
		}
		out := make([]float64, size)
		for i := range out {
			out[i] = float64(i)
			if w[0] == "wave" {
				out[i] = float64((i*7+3)%13-6) / 4
			}
		}
		return out, nil
	}
	var out []float64
	for _, s := range w {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	if size >= 0 && len(out) != size {
		return nil, fmt.Errorf("%d elements, want %d", len(out), size)
	}
	return out, nil
}

// list splits "[a,b]" or "a,b)".
func list(s string) []string {
	s = strings.Trim(s, "[]()")
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func number(s string, dst *int64) error {
	x, err := strconv.ParseInt(s, 10, 64)
	if err != nil && s == "max" {
		x, err = math.MaxInt64, nil
	}
	*dst = x
	return err
}
