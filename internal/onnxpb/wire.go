// SPDX-License-Identifier: Apache-2.0

package onnxpb

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// budget is what a decode may still produce.
type budget struct{ messages, nodes int }

// newBudget returns the budget of a file of n bytes. The smallest message that
// says something takes four bytes, so no honest file runs out.
func newBudget(n int) *budget { return &budget{messages: max(1024, n/4), nodes: MaxNodes} }

// message takes one message from the budget.
func (b *budget) message() error {
	if b.messages--; b.messages < 0 {
		return fmt.Errorf("too many messages for the size of the file")
	}
	return nil
}

// A field is one field of a message; data aliases the input.
type field struct {
	num   protowire.Number
	typ   protowire.Type
	num64 uint64
	data  []byte
}

// fields calls visit for each field of a message.
func fields(msg []byte, visit func(f field) error) error {
	for len(msg) > 0 {
		num, typ, n := protowire.ConsumeTag(msg)
		if n < 0 {
			return fmt.Errorf("bad field tag: %w", protowire.ParseError(n))
		}
		msg = msg[n:]
		f := field{num: num, typ: typ}
		switch typ {
		case protowire.VarintType:
			f.num64, n = protowire.ConsumeVarint(msg)
		case protowire.Fixed32Type:
			var x uint32
			x, n = protowire.ConsumeFixed32(msg)
			f.num64 = uint64(x)
		case protowire.Fixed64Type:
			f.num64, n = protowire.ConsumeFixed64(msg)
		case protowire.BytesType:
			f.data, n = protowire.ConsumeBytes(msg)
		default:
			return fmt.Errorf("field %d has wire type %d, which ONNX does not use", num, typ)
		}
		if n < 0 {
			return fmt.Errorf("field %d: %w", num, protowire.ParseError(n))
		}
		msg = msg[n:]
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

func (f field) want(t protowire.Type) error {
	if f.typ != t {
		return fmt.Errorf("field %d has wire type %d, want %d", f.num, f.typ, t)
	}
	return nil
}

// within calls visit for each field of the message that f holds.
func within(f field, visit func(f field) error) error {
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	return fields(f.data, visit)
}

// setInt reads a varint field.
func setInt[T ~int32 | ~int64](dst *T, f field) error {
	*dst = T(f.num64)
	return f.want(protowire.VarintType)
}

// setText reads a string field, which must be UTF-8.
func setText(dst *string, f field) error {
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	if !utf8.Valid(f.data) {
		return fmt.Errorf("field %d is not UTF-8", f.num)
	}
	*dst = string(f.data)
	return nil
}

// setString reads a name. Names reach terminals and listings, so they hold no
// control characters.
func setString(dst *string, f field) error {
	if err := setText(dst, f); err != nil {
		return err
	}
	if strings.ContainsFunc(*dst, unicode.IsControl) {
		return fmt.Errorf("field %d is %q: a name with control characters", f.num, *dst)
	}
	return nil
}

// addString appends a string field read by set.
func addString(dst *[]string, f field, set func(dst *string, f field) error) error {
	var s string
	err := set(&s, f)
	*dst = append(*dst, s)
	return err
}

// addInts appends a repeated int64 field, packed or not.
func addInts(dst *[]int64, f field) error {
	if f.typ == protowire.VarintType {
		*dst = append(*dst, int64(f.num64))
		return nil
	}
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	for b := f.data; len(b) > 0; {
		x, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return fmt.Errorf("field %d: %w", f.num, protowire.ParseError(n))
		}
		*dst = append(*dst, int64(x))
		b = b[n:]
	}
	return nil
}

// addFloats appends a repeated float field, packed or not.
func addFloats(dst *[]float32, f field) error {
	if f.typ == protowire.Fixed32Type {
		*dst = append(*dst, math.Float32frombits(uint32(f.num64)))
		return nil
	}
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	if len(f.data)%4 != 0 {
		return fmt.Errorf("field %d: %d bytes of packed floats", f.num, len(f.data))
	}
	for b := f.data; len(b) > 0; b = b[4:] {
		x, _ := protowire.ConsumeFixed32(b)
		*dst = append(*dst, math.Float32frombits(x))
	}
	return nil
}

// one decodes a singular message field; a second occurrence is an error.
func one[T any](dst **T, f field, decode func(*T, []byte) error) error {
	if *dst != nil {
		return fmt.Errorf("field %d occurs twice", f.num)
	}
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	*dst = new(T)
	return decode(*dst, f.data)
}

// many decodes an element of a repeated message field.
func many[T any](dst *[]T, f field, b *budget, decode func(*T, []byte) error) error {
	if err := f.want(protowire.BytesType); err != nil {
		return err
	}
	if err := b.message(); err != nil {
		return err
	}
	*dst = append(*dst, *new(T))
	return decode(&(*dst)[len(*dst)-1], f.data)
}
