// SPDX-License-Identifier: Apache-2.0

package onnxpb

import "strconv"

// A DataType is a TensorProto.DataType.
type DataType int32

// The element types that Tensor can convert, and String, which it refuses.
const (
	Float    DataType = 1
	Uint8    DataType = 2
	Int8     DataType = 3
	Uint16   DataType = 4
	Int16    DataType = 5
	Int32    DataType = 6
	Int64    DataType = 7
	String   DataType = 8
	Bool     DataType = 9
	Float16  DataType = 10
	Double   DataType = 11
	Uint32   DataType = 12
	Uint64   DataType = 13
	BFloat16 DataType = 16
)

// dataTypes gives each type's name and, where Tensor can convert it, the bytes
// of an element in raw_data.
var dataTypes = map[DataType]struct {
	name string
	size int
}{
	Float: {"float", 4}, Double: {"double", 8}, Float16: {"float16", 2}, BFloat16: {"bfloat16", 2},
	Int8: {"int8", 1}, Int16: {"int16", 2}, Int32: {"int32", 4}, Int64: {"int64", 8},
	Uint8: {"uint8", 1}, Uint16: {"uint16", 2}, Uint32: {"uint32", 4}, Uint64: {"uint64", 8},
	Bool: {"bool", 1}, String: {"string", 0},
	14: {"complex64", 0}, 15: {"complex128", 0},
	17: {"float8e4m3fn", 0}, 18: {"float8e4m3fnuz", 0}, 19: {"float8e5m2", 0}, 20: {"float8e5m2fnuz", 0},
	21: {"uint4", 0}, 22: {"int4", 0}, 23: {"float4e2m1", 0}, 24: {"float8e8m0", 0}, 25: {"uint2", 0}, 26: {"int2", 0},
}

// String returns ONNX's name of the type in lower case.
func (t DataType) String() string {
	if d, ok := dataTypes[t]; ok {
		return d.name
	}
	return "data type " + strconv.Itoa(int(t))
}

// IsFloat reports whether t is a floating-point type that Tensor can convert.
func (t DataType) IsFloat() bool {
	return t == Float || t == Double || t == Float16 || t == BFloat16
}

// Supported reports whether Tensor can convert elements of type t.
func (t DataType) Supported() bool { return dataTypes[t].size > 0 }

// IsInt reports whether t is an integer type or bool.
func (t DataType) IsInt() bool { return t.Supported() && !t.IsFloat() }
