// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// TestCheck makes one change to a finished program at a time; Encode refuses
// what Check refuses.
func TestCheck(t *testing.T) {
	t.Parallel()
	if err := small(t).Check(); err != nil {
		t.Fatal(err)
	}
	second := func(name string) func(*ir.Program) {
		return func(p *ir.Program) {
			add(t, p, ir.Input{Name: name, Shape: tensor.Shape{}, Declared: ir.Range{Lo: 0, Hi: 1}, Scale: 1, Visibility: ir.Public})
		}
	}
	for name, c := range map[string]struct {
		change func(*ir.Program)
		want   string // "" if the change is fine
	}{
		"second input":       {second("x2"), ""},
		"input name":         {second("x"), `two inputs are called "x"`},
		"input not UTF-8":    {second("x\xff"), "UTF-8"},
		"node not UTF-8":     {func(p *ir.Program) { p.Nodes[3].Name = "\xff" }, "node 3"},
		"inputs forgotten":   {func(p *ir.Program) { p.Inputs = nil }, "inputs are listed as []"},
		"inputs repeated":    {func(p *ir.Program) { p.Inputs = append(p.Inputs, 0) }, "inputs are listed as [0 0]"},
		"no inputs":          {func(p *ir.Program) { p.Nodes = p.Nodes[1:]; p.Inputs = nil }, "no input"},
		"no outputs":         {func(p *ir.Program) { p.Outputs = nil }, "no output"},
		"output value":       {func(p *ir.Program) { p.Outputs[0].ID = 16 }, "value 16 of 16"},
		"output value −1":    {func(p *ir.Program) { p.Outputs[0].ID = -1 }, "value -1"},
		"output scale":       {func(p *ir.Program) { p.Outputs[1].Scale = 0 }, "output 1 (top): scale 0"},
		"output scale NaN":   {func(p *ir.Program) { p.Outputs[1].Scale = math.NaN() }, "scale NaN"},
		"output scale Inf":   {func(p *ir.Program) { p.Outputs[1].Scale = math.Inf(1) }, "scale +Inf"},
		"output visibility":  {func(p *ir.Program) { p.Outputs[1].Visibility = "" }, "visibility"},
		"output name":        {func(p *ir.Program) { p.Outputs[1].Name = "logits" }, "same name"},
		"output not UTF-8":   {func(p *ir.Program) { p.Outputs[1].Name = "\xff" }, "UTF-8"},
		"note not UTF-8":     {func(p *ir.Program) { p.Outputs[1].Note = "\xff" }, "UTF-8"},
		"same value twice":   {func(p *ir.Program) { p.Outputs[1].ID = p.Outputs[0].ID }, ""},
		"table empty":        {func(p *ir.Program) { p.Tables[1].Values = nil }, "table 1 (wide): 0 values"},
		"table full":         {func(p *ir.Program) { p.Tables[1].Values = make([]int64, ir.MaxTableSize) }, ""},
		"table too long":     {func(p *ir.Program) { p.Tables[1].Values = make([]int64, ir.MaxTableSize+1) }, "values, want 1 to"},
		"table value":        {func(p *ir.Program) { p.Tables[1].Values[0] = ir.Limit + 1 }, "2^60"},
		"table end":          {func(p *ir.Program) { p.Tables[1].Lo = ir.Limit - 3 }, "2^60"},
		"table end fits":     {func(p *ir.Program) { p.Tables[1].Lo = ir.Limit - 4 }, ""},
		"table end wraps":    {func(p *ir.Program) { p.Tables[1].Lo = math.MaxInt64 - 1 }, "2^60"},
		"table start":        {func(p *ir.Program) { p.Tables[1].Lo = -ir.Limit - 1 }, "2^60"},
		"table not UTF-8":    {func(p *ir.Program) { p.Tables[1].Name = "\xff" }, "UTF-8"},
		"table unused, fine": {func(p *ir.Program) { p.Tables = append(p.Tables, p.Tables[0]) }, ""},
	} {
		p := small(t)
		c.change(p)
		err := p.Check()
		if c.want == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.want == "" {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if p.Encode(&bytes.Buffer{}) == nil {
			t.Errorf("%s: Encode takes it", name)
		}
	}
}

// TestKindsAreListed finds every type with a Kind method in the source and
// checks that it is in the list of primitives, which grows only with a design note.
func TestKindsAreListed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == "Kind" {
				lit := fn.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.BasicLit)
				found[strings.Trim(lit.Value, `"`)] = true
			}
		}
	}
	kinds := ir.Kinds()
	for k := range found {
		if _, ok := kinds[k]; !ok {
			t.Errorf("%s is not in the list of primitives", k)
		}
	}
	for k := range kinds {
		if !found[k] {
			t.Errorf("no type is of kind %s", k)
		}
	}
	if len(kinds) > 11 {
		t.Errorf("%d primitives: design.md §3 has 11", len(kinds))
	}
}
