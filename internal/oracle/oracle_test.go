// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// values runs a program of one input x and the op on it, and returns the result.
func values(t *testing.T, x tensor.Shape, data []int64, op ir.Op, more ...[]int64) []int64 {
	t.Helper()
	p := &ir.Program{}
	in, err := p.Add("x", ir.Input{Name: "x", Shape: x, Declared: ir.Range{Lo: -100, Hi: 100}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		t.Fatal(err)
	}
	args := []ir.ID{in}
	for _, c := range more {
		w, err := p.Add("w", ir.NewConst(tensor.Shape{len(c)}, c))
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, w)
	}
	p.Tables = []ir.Table{{Name: "square", Lo: -100, Values: make([]int64, 201)}}
	for i := range p.Tables[0].Values {
		p.Tables[0].Values[i] = int64((i - 100) * (i - 100))
	}
	id, err := p.Add("y", op, args...)
	if err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, v := range Run(p, [][]int64{data})[id] {
		out = append(out, v.Int64())
	}
	return out
}

// TestByHand compares the oracle with results worked out on paper.
func TestByHand(t *testing.T) {
	t.Parallel()
	axis := func(d, c int) tensor.Affine { return tensor.Affine{Terms: []tensor.Term{{Axis: d, Coef: c}}} }
	for name, c := range map[string]struct {
		shape tensor.Shape
		x     []int64
		op    ir.Op
		more  [][]int64
		want  []int64
	}{
		"transpose": {tensor.Shape{2, 3}, []int64{1, 2, 3, 4, 5, 6}, ir.View{View: tensor.View{
			From: tensor.Shape{2, 3}, Axes: tensor.Shape{3, 2}, To: tensor.Shape{6},
			Index: []tensor.Affine{axis(1, 1), axis(0, 1)}}}, nil, []int64{1, 4, 2, 5, 3, 6}},
		"pad": {tensor.Shape{2}, []int64{1, 2}, ir.View{Fill: 9, View: tensor.View{
			From: tensor.Shape{2}, Axes: tensor.Shape{4}, To: tensor.Shape{4},
			Index: []tensor.Affine{{Offset: -1, Terms: []tensor.Term{{Axis: 0, Coef: 1}}}}}}, nil, []int64{9, 1, 2, 9}},
		"concat":           {tensor.Shape{2}, []int64{1, 2}, ir.Concat{Axis: 0}, [][]int64{{3}, {4, 5}}, []int64{1, 2, 3, 4, 5}},
		"linear":           {tensor.Shape{2}, []int64{1, 2}, ir.Linear{Coefs: []int64{3, -1}, Bias: 7}, [][]int64{{10, 20}}, []int64{0, -7}},
		"matrix":           {tensor.Shape{2, 2}, []int64{1, 2, 3, 4}, ir.Contract{Contraction: tensor.Contraction{Extents: []int{2, 2}, A: []int{0, 1}, B: []int{1}, Out: []int{0}}}, [][]int64{{10, 1}}, []int64{12, 34}},
		"outer":            {tensor.Shape{2}, []int64{1, 2}, ir.Contract{Contraction: tensor.Contraction{Extents: []int{2, 2}, A: []int{0}, B: []int{1}, Out: []int{1, 0}}}, [][]int64{{10, 20}}, []int64{10, 20, 20, 40}},
		"rescale":          {tensor.Shape{6}, []int64{-3, -2, -1, 1, 2, 3}, ir.Rescale{Multiplier: 1, Shift: 1}, nil, []int64{-1, -1, 0, 1, 1, 2}},
		"multiplier":       {tensor.Shape{3}, []int64{-4, 4, 5}, ir.Rescale{Multiplier: 3, Shift: 3}, nil, []int64{-1, 2, 2}},
		"lookup":           {tensor.Shape{3}, []int64{-100, 3, 100}, ir.Lookup{Table: 0}, nil, []int64{10000, 9, 10000}},
		"max":              {tensor.Shape{2, 3}, []int64{1, 5, 2, -7, -6, -8}, ir.Max{Axes: []int{1}}, nil, []int64{5, -6}},
		"gather":           {tensor.Shape{3, 2}, []int64{1, 2, 3, 4, 5, 6}, ir.Gather{}, [][]int64{{2, 0}}, []int64{5, 6, 1, 2}},
		"gather from rows": {tensor.Shape{2, 3}, []int64{1, 2, 3, 4, 5, 6}, ir.Gather{Batch: 1}, [][]int64{{1, 2}}, []int64{2, 6}},
		"max outer":        {tensor.Shape{2, 3}, []int64{1, 5, 2, -7, 6, -8}, ir.Max{Axes: []int{0}}, nil, []int64{1, 6, 2}},
	} {
		got := values(t, c.shape, c.x, c.op, c.more...)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

// TestSharesNoCode lists the methods and functions of other packages that the
// executor calls: those of math/big, and nothing that computes an index or a value.
func TestSharesNoCode(t *testing.T) {
	t.Parallel()
	allowed := map[string]bool{
		"big.NewInt": true, "big.NewRat": true, "Sub": true, "Add": true, "Mul": true, "Exp": true, "Div": true,
		"SetFrac": true, "Num": true, "Denom": true, "Cmp": true, "Int64": true,
		"fmt.Sprintf": true, "Kind": true, // a message
		"ir.ID": true, // a conversion
		"At":    true, // an element of a constant, which is data
	}
	own := map[string]bool{}
	calls := map[string]bool{}
	for _, name := range []string{"oracle.go", "index.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if fn, ok := n.(*ast.FuncDecl); ok {
				own[fn.Name.Name] = true
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if s, ok := call.Fun.(*ast.SelectorExpr); ok {
					name := s.Sel.Name
					if x, ok := s.X.(*ast.Ident); ok && slices.Contains([]string{"big", "fmt", "ir", "tensor"}, x.Name) {
						name = x.Name + "." + name
					}
					calls[name] = true
				}
			}
			return true
		})
	}
	if !own["contract"] || !calls["SetFrac"] {
		t.Error("the test does not see the calls of the executor")
	}
	for c := range calls {
		if !own[c] && !allowed[c] {
			t.Errorf("the oracle calls %s, which may be part of what it checks", c)
		}
	}
}

// TestRandomCoversKinds checks that the generator uses every primitive.
func TestRandomCoversKinds(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	pads := 0
	for seed := range uint64(200) {
		p := Random(rand.New(rand.NewPCG(seed, 0)), 12)
		if err := p.Check(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, n := range p.Nodes {
			seen[n.Op.Kind()]++
			if v, ok := n.Op.(ir.View); ok && v.View.Pads() {
				pads++
			}
		}
	}
	for kind := range ir.Kinds() {
		if seen[kind] < 30 {
			t.Errorf("%d nodes of kind %s in 200 programs", seen[kind], kind)
		}
	}
	if pads < 30 || pads > seen["view"]-30 {
		t.Errorf("%d of %d views pad", pads, seen["view"])
	}
}
