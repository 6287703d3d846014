// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// Lookup is y = T[x] for the program's table number Table. The argument's range
// must lie in the table's domain: no value can miss the table.
type Lookup struct {
	Table int `json:"table"`
}

// Kind implements Op.
func (Lookup) Kind() string { return "lookup" }

// Infer implements Op.
func (o Lookup) Infer(p *Program, args []Arg) (tensor.Shape, Range, error) {
	if o.Table < 0 || o.Table >= len(p.Tables) {
		return nil, Range{}, fmt.Errorf("table %d of %d", o.Table, len(p.Tables))
	}
	t := &p.Tables[o.Table]
	if len(t.Values) == 0 {
		return nil, Range{}, fmt.Errorf("table %s is empty", t.Name)
	}
	if domain := (Range{t.Lo, t.Hi()}); !args[0].Range.Within(domain) {
		return nil, Range{}, fmt.Errorf("values in %v leave the domain %v of table %s", args[0].Range, domain, t.Name)
	}
	lo := args[0].Range.Lo - t.Lo
	return args[0].Shape, RangeOf(t.Values[lo : lo+args[0].Range.Count()]), nil
}

// Eval implements Op.
func (o Lookup) Eval(p *Program, args []Tensor) []int64 { return evalEach(o, p, args) }

func (o Lookup) each(p *Program, dst []int64, args [][]int64) {
	t := &p.Tables[o.Table]
	for i, x := range args[0][:len(dst)] {
		dst[i] = t.Values[x-t.Lo]
	}
}
