// SPDX-License-Identifier: Apache-2.0

package onnxpb

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// A Tensor is a TensorProto. Its elements stay in the encoded form until
// Floats, Ints or Bytes converts them.
type Tensor struct {
	Name string
	Type DataType
	Dims []int64

	raw    []byte
	hasRaw bool
	// runs holds the pieces of the typed data field numbered typedNum, packed,
	// with count elements in all; own says that the last piece is not an alias.
	runs     [][]byte
	typedNum protowire.Number
	count    int
	own      bool
}

// typedField gives, for each element type, the field that holds its elements
// when raw_data does not.
var typedField = map[DataType]protowire.Number{
	Float: 4, Double: 10, Int64: 7, Uint32: 11, Uint64: 11,
	Int8: 5, Int16: 5, Int32: 5, Uint8: 5, Uint16: 5, Bool: 5, Float16: 5, BFloat16: 5,
}

func (t *Tensor) decode(msg []byte) error {
	external := false
	err := fields(msg, func(f field) error {
		switch f.num {
		case 1:
			return addInts(&t.Dims, f)
		case 2:
			return setInt(&t.Type, f)
		case 3:
			return fmt.Errorf("the tensor is one segment of several, which is not supported")
		case 4, 5, 7, 10, 11:
			return t.addTyped(f)
		case 8:
			return setString(&t.Name, f)
		case 9:
			t.raw, t.hasRaw = f.data, true
			return f.want(protowire.BytesType)
		case 13:
			external = true
		case 14:
			external = external || f.num64 == 1
		}
		return nil
	})
	if err == nil && external {
		err = fmt.Errorf("the elements are in another file (external data), which is not supported: " +
			"save the model as a single file")
	}
	if err != nil {
		return err
	}
	return t.check()
}

// addTyped keeps a piece of a typed data field: a packed run, or one element in
// the same encoding.
func (t *Tensor) addTyped(f field) error {
	if t.typedNum != 0 && t.typedNum != f.num {
		return fmt.Errorf("data in fields %d and %d", t.typedNum, f.num)
	}
	t.typedNum = f.num
	elem := map[protowire.Number]protowire.Type{4: protowire.Fixed32Type, 10: protowire.Fixed64Type}[f.num]
	if f.typ == protowire.BytesType {
		n, err := countElements(elem, f.data)
		t.count += n
		t.runs, t.own = append(t.runs, f.data), false
		return err
	}
	if err := f.want(elem); err != nil {
		return err
	}
	// Single elements are gathered into a run of our own.
	if !t.own {
		t.runs, t.own = append(t.runs, nil), true
	}
	last := &t.runs[len(t.runs)-1]
	switch elem {
	case protowire.Fixed32Type:
		*last = protowire.AppendFixed32(*last, uint32(f.num64))
	case protowire.Fixed64Type:
		*last = protowire.AppendFixed64(*last, f.num64)
	default:
		*last = protowire.AppendVarint(*last, f.num64)
	}
	t.count++
	return nil
}

// countElements returns the number of elements in a packed run.
func countElements(elem protowire.Type, run []byte) (int, error) {
	switch elem {
	case protowire.Fixed32Type, protowire.Fixed64Type:
		size := 4
		if elem == protowire.Fixed64Type {
			size = 8
		}
		if len(run)%size != 0 {
			return 0, fmt.Errorf("%d bytes of packed data, want a multiple of %d", len(run), size)
		}
		return len(run) / size, nil
	}
	n := 0
	for _, c := range run {
		if c < 0x80 {
			n++
		}
	}
	if len(run) > 0 && run[len(run)-1] >= 0x80 {
		return 0, fmt.Errorf("packed data end inside a number")
	}
	return n, nil
}

// Size returns the number of elements that the dimensions claim.
func (t *Tensor) Size() (int, error) {
	n := int64(1)
	for _, d := range t.Dims {
		if d < 0 || (d > 0 && n > math.MaxInt32/d) {
			return 0, fmt.Errorf("dimensions %v are negative or too large", t.Dims)
		}
		n *= d
	}
	return int(n), nil
}

// check compares what the dimensions claim with the bytes present.
func (t *Tensor) check() error {
	if !t.Type.Supported() {
		// The elements of such a tensor cannot be asked for; it may be unused.
		return nil
	}
	n, err := t.Size()
	if err != nil {
		return err
	}
	size := dataTypes[t.Type].size
	switch {
	case t.hasRaw && t.typedNum != 0:
		return fmt.Errorf("both raw and typed data")
	case t.hasRaw && len(t.raw) != n*size:
		return fmt.Errorf("%d bytes of data for dimensions %v of %v, want %d", len(t.raw), t.Dims, t.Type, n*size)
	case !t.hasRaw && t.count != n:
		return fmt.Errorf("%d elements of data for dimensions %v, want %d", t.count, t.Dims, n)
	case t.typedNum != 0 && t.typedNum != typedField[t.Type]:
		return fmt.Errorf("data of type %v in field %d, want %d", t.Type, t.typedNum, typedField[t.Type])
	}
	return nil
}
