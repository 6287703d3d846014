// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/tensor"
)

// WriteText writes g for people to read and for tests to compare, one line per
// node and output:
//
//	%3 [1,2,4,4] = contract %2 %1 abcde,fbe->afcd  # conv1
//
// Views list the source position as a function of the position i0, i1, … in the
// index space; long constants are cut and followed by a digest of all elements.
func (g *Graph) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	for id, n := range g.Nodes {
		fmt.Fprintf(out, "%%%d %v = %s", id, n.Shape, n.Op.Kind())
		if l, ok := n.Op.(Linear); ok {
			fmt.Fprintf(out, " %s", l.text(n.Args))
		} else {
			for _, a := range n.Args {
				fmt.Fprintf(out, " %%%d", a)
			}
			if s, ok := n.Op.(fmt.Stringer); ok && s.String() != "" {
				fmt.Fprintf(out, " %s", s)
			}
		}
		if n.Name != "" {
			fmt.Fprintf(out, "  # %s", n.Name)
		}
		out.WriteByte('\n')
	}
	for _, o := range g.Outputs {
		fmt.Fprintf(out, "output %q = %%%d", o.Name, o.ID)
		if o.Note != "" {
			fmt.Fprintf(out, "  # %s", o.Note)
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}

// String returns the text of g.
func (g *Graph) String() string {
	var s strings.Builder
	g.WriteText(&s) // a strings.Builder returns no error
	return s.String()
}

// String formats the parameters of the node.
func (o Input) String() string { return strconv.Quote(o.Name) }

// String lists the first elements, and a digest if there are more.
func (o Const) String() string {
	const shown = 8
	var s strings.Builder
	for i, x := range o.Data[:min(shown, len(o.Data))] {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(strconv.FormatFloat(float64(x), 'g', -1, 32))
	}
	if len(o.Data) > shown {
		h := sha256.New()
		for _, x := range o.Data {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(x)))
		}
		fmt.Fprintf(&s, " … %d elements, sha256 %x", len(o.Data), h.Sum(nil)[:4])
	}
	return s.String()
}

// String formats the source position, the index space where it differs from the
// result's shape, and what padding is.
func (o View) String() string {
	var s strings.Builder
	v := o.View
	if regroups(v) {
		return "regroup"
	}
	s.WriteByte('(')
	for d, a := range v.Index {
		if d > 0 {
			s.WriteString(", ")
		}
		s.WriteString(affine(a))
	}
	fmt.Fprintf(&s, ") of %v", v.From)
	if !v.Axes.Equal(v.To) {
		fmt.Fprintf(&s, " over %v", v.Axes)
	}
	if v.Pads() {
		fmt.Fprintf(&s, " else %v", o.Fill)
	}
	return s.String()
}

// affine formats 2·i0 + i3 − 1.
func affine(a tensor.Affine) string {
	var s strings.Builder
	for _, t := range a.Terms {
		switch {
		case t.Coef == 1 && s.Len() > 0:
			s.WriteByte('+')
		case t.Coef == -1:
			s.WriteByte('-')
		case t.Coef != 1 && s.Len() > 0:
			fmt.Fprintf(&s, "%+d", t.Coef)
		case t.Coef != 1:
			s.WriteString(strconv.Itoa(t.Coef))
		}
		fmt.Fprintf(&s, "i%d", t.Axis)
	}
	switch {
	case s.Len() == 0:
		return strconv.Itoa(a.Offset)
	case a.Offset != 0:
		fmt.Fprintf(&s, "%+d", a.Offset)
	}
	return s.String()
}

// String formats the axis.
func (o Concat) String() string { return fmt.Sprintf("axis %d", o.Axis) }

// String formats the axes.
func (o Max) String() string { return fmt.Sprintf("axes %v", o.Axes) }

// String formats the function.
func (o Map) String() string { return o.Func.String() }

// String formats the einsum: a letter for each label.
func (o Contract) String() string {
	side := func(labels []int) string {
		var s strings.Builder
		for _, l := range labels {
			if len(o.Contraction.Extents) <= 26 {
				s.WriteByte(byte('a' + l))
			} else {
				fmt.Fprintf(&s, "(%d)", l)
			}
		}
		return s.String()
	}
	c := o.Contraction
	return side(c.A) + "," + side(c.B) + "->" + side(c.Out)
}

// text formats the sum with its arguments.
func (o Linear) text(args []ID) string {
	var s strings.Builder
	for i, c := range o.Coefs {
		if i > 0 {
			s.WriteString(" + ")
		}
		if c != 1 {
			s.WriteString(strconv.FormatFloat(c, 'g', -1, 64) + "·")
		}
		fmt.Fprintf(&s, "%%%d", args[i])
	}
	if o.Bias != 0 {
		s.WriteString(" + " + strconv.FormatFloat(o.Bias, 'g', -1, 64))
	}
	return s.String()
}
