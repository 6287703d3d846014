// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// program returns a program that has the given inputs, named a, b and so on, and
// returns the first of them.
func program(t testing.TB, shapes ...tensor.Shape) *ir.Program {
	t.Helper()
	p := &ir.Program{}
	for i, s := range shapes {
		name := string(rune('a' + i))
		if _, err := p.Add(name, ir.Input{Name: name, Shape: s, Declared: ir.Range{Hi: 255}, Scale: 1. / 255, Visibility: ir.Public}); err != nil {
			t.Fatal(err)
		}
	}
	p.Outputs = []ir.Output{{Name: "y", ID: p.Inputs[0], Scale: 1, Visibility: ir.Public}}
	return p
}

func TestSampleFromJSON(t *testing.T) {
	t.Parallel()
	one := program(t, tensor.Shape{1, 1, 2, 3})
	two := program(t, tensor.Shape{2}, tensor.Shape{1, 1})
	scalar := program(t, tensor.Shape{})
	six := quant.Sample{{1, 2, 3, 4, 5, 6}}
	for _, c := range []struct {
		p    *ir.Program
		text string
		want quant.Sample
	}{
		{one, `{"a": [[[[1,2,3],[4,5,6]]]]}`, six},
		{one, `{"a": [[1,2,3],[4,5,6]]}`, six},
		{one, "\t[[[1,2,3],\n[4,5,6]]]\n ", six},
		{one, `[[1,2,3],[4.0,5e0,0.6E+1]]`, six},
		{one, `[[-1,2,3],[4,5,1e300]]`, quant.Sample{{-1, 2, 3, 4, 5, 1e300}}},
		{two, `{"b": 3, "a": [1,2]}`, quant.Sample{{1, 2}, {3}}},
		{two, `{"a": [1,2], "b": [3]}`, quant.Sample{{1, 2}, {3}}},
		{two, `{"a": [1,2], "b": [[3]]}`, quant.Sample{{1, 2}, {3}}},
		{scalar, `7`, quant.Sample{{7}}},
		{scalar, `{"a": 7}`, quant.Sample{{7}}},
	} {
		got, err := sampleFromJSON([]byte(c.text), c.p)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, d)
		}
	}
}

func TestSampleFromJSONRefuses(t *testing.T) {
	t.Parallel()
	one := program(t, tensor.Shape{1, 1, 2, 3})
	two := program(t, tensor.Shape{2}, tensor.Shape{1, 1})
	scalar := program(t, tensor.Shape{})
	const good = `[[1,2,3],[4,5,6]]`
	for _, c := range []struct {
		p          *ir.Program
		text, want string // want is part of the message
	}{
		{one, ``, "not JSON: unexpected EOF"},
		{one, ` `, "not JSON: unexpected EOF"},
		{one, `nonsense`, "not JSON: invalid character 'o'"},
		{one, `[[1,2,3],[4,5,6]`, "not JSON: unexpected EOF"},
		{one, `[[1,2,3],[4,5,`, "not JSON: unexpected EOF"},
		{one, `[[1,2,3],[4,5,NaN]]`, "not JSON: invalid character 'N'"},
		{one, `[[1,2,3],[4,5,Infinity]]`, "not JSON: invalid character 'I'"},
		{one, `[[1,2,3],[4,5,1e400]]`, "not JSON: json: cannot unmarshal number 1e400"},
		{one, `[[1,2,3],[4,5,6],]`, "not JSON: invalid character ']'"},
		{one, `[[1,2,3][4,5,6]]`, "not JSON: invalid character '['"},
		{one, good + `1`, "something follows the JSON value before byte 18"},
		{one, good + good, "something follows the JSON value"},
		{one, good + `}`, "not JSON: invalid character '}'"},
		{one, `{"a": ` + good + `}]`, "not JSON: invalid character ']'"},

		{one, `{}`, `no array for input "a"`},
		{one, `{"b": ` + good + `}`, `the network has no input "b"`},
		{one, `{"a": ` + good + `, "b": 1}`, `the network has no input "b"`},
		{one, `{"A": ` + good + `}`, `the network has no input "A"`},
		{one, `{"a": ` + good + `, "a": ` + good + `}`, `input "a" is there twice`},
		{one, `{"a"}`, "not JSON"},
		{one, `{"a": }`, "not JSON"},
		{one, `{1: 2}`, "not JSON"},
		{one, `{"a": ` + good, "not JSON: unexpected EOF"},
		{two, `[1,2]`, "no object: the network has 2 inputs"},
		{two, `{"a": [1,2]}`, `no array for input "b"`},

		{one, `[[1,2,3],[4,5]]`, `input "a" (shape [1,1,2,3]): before byte 14: an array of 2 elements, want 3`},
		{one, `[[1,2,3],[4,5,6,7]]`, "before byte 17: an array of more than 3 elements"},
		{one, `[[1,2,3],[4,5,6],[7,8,9]]`, "an array of more than 2 elements"},
		{one, `[[1,2,3]]`, "an array of 1 elements, want 2"},
		{one, `[1,2,3,4,5,6]`, "arrays nested 1 deep, want 2"},
		{one, `[]`, "want 2"},
		{one, `[[]]`, "an array of 0 elements, want 3"},
		{one, `[[[[[1,2,3],[4,5,6]]]]]`, "nested deeper than the shape"},
		{one, `[[1,2,3],[4,5,[6]]]`, `'[' where a number belongs`},
		{one, `[[1,2,3],4]`, "4 where an array of 3 elements belongs"},
		{one, `[[1,2,3],null]`, "null where an array of 3 elements belongs"},
		{one, `[[1,2,"3"],[4,5,6]]`, "a string where a number belongs"},
		{one, `[[1,2,true],[4,5,6]]`, "true where a number belongs"},
		{one, `[[1,2,null],[4,5,6]]`, "null where a number belongs"},
		{one, `[[1,2,{}],[4,5,6]]`, "'{' where a number belongs"},
		{one, `{"a": {"a": 1}}`, "nested 0 deep, want 2"},
		{one, `1`, "nested 0 deep, want 2"},
		{one, `null`, "nested 0 deep, want 2"},
		{one, `"` + strings.Repeat("x", 1000) + `"`, "nested 0 deep, want 2"},
		{scalar, `[7]`, "nested deeper than the shape"},
		{one, strings.Repeat("[", 1<<20), "nested deeper than the shape"},
		{one, strings.Repeat(`{"a":`, 1<<20), "nested 0 deep"},
		{one, fmt.Sprintf(`{"%s": 1}`, strings.Repeat("x", 1<<20)), "the network has no input"},
	} {
		got, err := sampleFromJSON([]byte(c.text), c.p)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: got %v and %v, want an error with %q", c.text, got, err, c.want)
		} else if len(err.Error()) > 300 {
			t.Errorf("%.60s: a message of %d bytes", c.text, len(err.Error()))
		}
	}
}

// FuzzInputJSON checks that reading is total and that what it accepts fits the
// network.
func FuzzInputJSON(f *testing.F) {
	for _, s := range []string{
		`{"a": [[[[1,2,3],[4,5,6]]]], "b": 1}`, `{"a": [[1,2,3],[4,5,6]], "b": [[1]]}`, `{"b": 1}`,
		`[[1,2,3],[4,5,6]]`, `[[[[1,2,3],[4,5,6e5]]]]`, `[[[[[`, `{"a":{"a":`, `[[1,2,3],[4,5,"6"]]`, `1`, `null`, ``,
	} {
		f.Add([]byte(s))
	}
	one, two := program(f, tensor.Shape{1, 1, 2, 3}), program(f, tensor.Shape{1, 2, 3}, tensor.Shape{1})
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, p := range []*ir.Program{one, two} {
			if s, err := sampleFromJSON(data, p); err == nil {
				checkSample(t, s, p)
			}
		}
	})
}

// checkSample fails unless a sample has the sizes of the inputs of a program and
// only finite elements or such that are refused later.
func checkSample(t *testing.T, s quant.Sample, p *ir.Program) {
	t.Helper()
	if len(s) != len(p.Inputs) {
		t.Fatalf("%d tensors for %d inputs", len(s), len(p.Inputs))
	}
	for i, id := range p.Inputs {
		in := p.Input(id)
		if len(s[i]) != in.Shape.Size() {
			t.Fatalf("%d elements for shape %v", len(s[i]), in.Shape)
		}
		q, err := quant.QuantizeInput(in, s[i])
		for _, x := range q {
			if err == nil && !in.Declared.Contains(x) {
				t.Fatalf("%d is outside %v", x, in.Declared)
			}
		}
	}
}
