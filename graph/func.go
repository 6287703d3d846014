// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/tensor"
)

// Map applies a function of one real variable to every element.
type Map struct{ Func Func }

// Kind implements Op.
func (Map) Kind() string { return "map" }

// Infer implements Op.
func (o Map) Infer(args []tensor.Shape) (tensor.Shape, error) { return args[0], o.Func.Check() }

// Eval implements Op.
func (o Map) Eval(args []Tensor) []float64 {
	out := make([]float64, len(args[0].Data))
	f := functions[o.Func.Name].at
	for i, x := range args[0].Data {
		out[i] = f(x, o.Func.Params)
	}
	return out
}

// A Func is a named function of one real variable with its parameters.
type Func struct {
	Name   string
	Params []float64
}

// function is one entry of the function table.
type function struct {
	params int
	at     func(x float64, p []float64) float64
	// nonNegative says that the function is at least 0 everywhere, so that its
	// result can be quantized without a sign.
	nonNegative bool
}

var functions = map[string]function{}

// register adds a function; a name can be taken once.
func register(name string, f function) struct{} {
	if _, dup := functions[name]; dup {
		panic("zkml: internal error: function " + name + " registered twice")
	}
	functions[name] = f
	return struct{}{}
}

// Check reports an error if the function is not known or its parameters do not fit.
func (f Func) Check() error {
	def, ok := functions[f.Name]
	if !ok {
		return fmt.Errorf("no function %q; known: %s", f.Name, strings.Join(FuncNames(), ", "))
	}
	if len(f.Params) != def.params {
		return fmt.Errorf("function %s has %d parameters, want %d", f.Name, len(f.Params), def.params)
	}
	for _, p := range f.Params {
		if math.IsNaN(p) {
			return fmt.Errorf("function %s has a NaN parameter", f.Name)
		}
		if math.IsInf(p, 0) && f.Name != "clip" {
			return fmt.Errorf("function %s has an infinite parameter", f.Name)
		}
	}
	return nil
}

// At returns f(x); f must pass Check.
func (f Func) At(x float64) float64 { return functions[f.Name].at(x, f.Params) }

// NonNegative reports whether f is at least 0 everywhere.
func (f Func) NonNegative() bool {
	switch f.Name {
	case "clip":
		return min(f.Params[0], f.Params[1]) >= 0
	case "fakequant":
		return f.Params[0]*(f.Params[2]-f.Params[1]) >= 0
	}
	return functions[f.Name].nonNegative
}

// String formats f as name(params).
func (f Func) String() string {
	if len(f.Params) == 0 {
		return f.Name
	}
	return fmt.Sprintf("%s%v", f.Name, f.Params)
}

// FuncNames lists the known functions in order.
func FuncNames() []string { return slices.Sorted(maps.Keys(functions)) }
