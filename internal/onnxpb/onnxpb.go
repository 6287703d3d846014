// SPDX-License-Identifier: Apache-2.0

// Package onnxpb decodes the protocol-buffer encoding of ONNX models.
//
// It reads the messages an importer needs and nothing else, over the wire
// format directly. Large fields (raw_data and packed numbers) alias the input
// and are converted only when asked for. A file is hostile until shown
// otherwise: nothing is allocated because a header claims it, subgraphs nest at
// most MaxDepth deep, and a file of n bytes yields at most max(1024, n/4)
// messages.
//
// Field numbers are those of
// https://github.com/onnx/onnx/blob/v1.22.0/onnx/onnx.proto3
package onnxpb

// MaxDepth bounds how deep graphs nest in attributes of nodes of graphs.
const MaxDepth = 8

// MaxNodes bounds the number of nodes in a file, subgraphs included.
const MaxNodes = 1 << 17

// A Model is a ModelProto.
type Model struct {
	IRVersion       int64
	ProducerName    string
	ProducerVersion string
	Opsets          []OperatorSet
	Graph           *Graph
	// Functions counts the model-local functions, which are not decoded.
	Functions int
}

// An OperatorSet is an OperatorSetIdProto: a domain ("" is the default,
// ai.onnx) and the version of its operators.
type OperatorSet struct {
	Domain  string
	Version int64
}

// A Graph is a GraphProto.
type Graph struct {
	Name         string
	Nodes        []Node
	Initializers []*Tensor
	Inputs       []ValueInfo
	Outputs      []ValueInfo
	Values       []ValueInfo
	// Sparse counts the sparse initializers, which are not decoded.
	Sparse int
}

// A Node is a NodeProto.
type Node struct {
	Name       string
	OpType     string
	Domain     string
	Inputs     []string
	Outputs    []string
	Attributes []Attribute
}

// A ValueInfo is a ValueInfoProto of tensor type. Type is 0 if the value is
// not a tensor or its type is not given; Dims is nil if the rank is not known.
type ValueInfo struct {
	Name     string
	Type     DataType
	Dims     []Dim
	HasShape bool
}

// A Dim is a dimension: a positive Value, a named Param, or neither.
type Dim struct {
	Value int64
	Param string
}
