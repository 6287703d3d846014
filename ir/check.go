// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

// Limits of a program that can be written and read.
const (
	MaxNodes     = 1 << 20
	MaxTables    = 1 << 12
	MaxTableSize = 1 << 20 // values of one table
)

// Check reports an error if p is not a finished program: no input or output, an
// output that names no value, a bad scale or visibility, two inputs or two
// outputs of one name, a table out of bounds, a name that is not UTF-8, or more
// of something than the limits allow. What Add checks holds already.
func (p *Program) Check() error {
	if len(p.Nodes) > MaxNodes || len(p.Tables) > MaxTables || len(p.Outputs) > MaxNodes {
		return fmt.Errorf("%d nodes, %d tables, %d outputs: more than %d, %d, %d",
			len(p.Nodes), len(p.Tables), len(p.Outputs), MaxNodes, MaxTables, MaxNodes)
	}
	for i := range p.Tables {
		if err := p.Tables[i].check(); err != nil {
			return fmt.Errorf("table %d (%s): %w", i, p.Tables[i].Name, err)
		}
	}
	if err := p.checkInputs(); err != nil {
		return err
	}
	return p.checkOutputs()
}

func (t *Table) check() error {
	if len(t.Values) == 0 || len(t.Values) > MaxTableSize {
		return fmt.Errorf("%d values, want 1 to %d", len(t.Values), MaxTableSize)
	}
	// The first test keeps Hi from overflowing.
	if t.Lo < -Limit || t.Lo > Limit || t.Hi() > Limit {
		return fmt.Errorf("the arguments from %d on exceed ±2^60", t.Lo)
	}
	if err := RangeOf(t.Values).Check(); err != nil {
		return fmt.Errorf("values: %w", err)
	}
	return checkName(t.Name)
}

func (p *Program) checkInputs() error {
	var inputs []ID
	names := map[string]bool{}
	for id := range p.Nodes {
		n := &p.Nodes[id]
		if err := checkName(n.Name); err != nil {
			return fmt.Errorf("node %d: %w", id, err)
		}
		in, ok := n.Op.(Input)
		if !ok {
			continue
		}
		inputs = append(inputs, ID(id))
		if names[in.Name] {
			return fmt.Errorf("two inputs are called %q", in.Name)
		}
		names[in.Name] = true
		if err := checkName(in.Name); err != nil {
			return fmt.Errorf("node %d: %w", id, err)
		}
	}
	if len(inputs) == 0 {
		return fmt.Errorf("the program has no input")
	}
	if !slices.Equal(inputs, p.Inputs) {
		return fmt.Errorf("inputs are listed as %v, the input nodes are %v", p.Inputs, inputs)
	}
	return nil
}

func (p *Program) checkOutputs() error {
	if len(p.Outputs) == 0 {
		return fmt.Errorf("the program has no output")
	}
	names := map[string]bool{}
	for i, o := range p.Outputs {
		if o.ID < 0 || int(o.ID) >= len(p.Nodes) {
			return fmt.Errorf("output %d (%s) is value %d of %d", i, o.Name, o.ID, len(p.Nodes))
		}
		err := o.Visibility.Check()
		if err == nil {
			err = checkScale(o.Scale)
		}
		if err == nil {
			err = checkName(o.Name)
		}
		if err == nil {
			err = checkName(o.Note)
		}
		if err == nil && names[o.Name] {
			err = fmt.Errorf("another output has the same name")
		}
		if err != nil {
			return fmt.Errorf("output %d (%s): %w", i, o.Name, err)
		}
		names[o.Name] = true
	}
	return nil
}

func checkScale(s float64) error {
	if !(s > 0) || math.IsInf(s, 0) {
		return fmt.Errorf("scale %v is not a positive number", s)
	}
	return nil
}

// checkName refuses what a text cannot hold unchanged.
func checkName(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%q is not UTF-8", s)
	}
	return nil
}
