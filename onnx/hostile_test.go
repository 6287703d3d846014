// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// small is a network with a convolution, a pool and a dense layer.
const small = `
opset 13
input x float [batch,1,4,4]
init w float [2,1,3,3] wave
init b float [2] 0.5 -0.5
init fc float [2,8] wave
conv: Conv x w b -> c pads=[1,1,1,1]
relu: Relu c -> r
pool: MaxPool r -> p kernel_shape=[2,2] strides=[2,2]
flat: Flatten p -> f
fc: Gemm f fc -> y transB=1
output y`

func marshal(text string) []byte { return onnxtest.MustParse(text).Model.Marshal() }

// TestRefused loads models that must be refused and looks for the words that
// tell the user which part of the model is at fault.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct{ model, want string }{
		"nan_weight": {strings.Replace(small, "0.5 -0.5", "0.5 nan", 1),
			`node "conv" (Conv, opset 13): initializer "b": constant has NaN at element 1`},
		"infinite_weight": {strings.Replace(small, "0.5 -0.5", "-inf 0.5", 1), `initializer "b": constant has -Inf at element 0`},
		"unknown_operator": {strings.Replace(small, "Relu", "Telu", 1),
			`node "relu" (Telu, opset 13): operator Telu is not supported`},
		"unknown_domain": {strings.Replace(small, "Relu", "com.acme.Relu", 1),
			`operator com.acme.Relu: the model does not import its operator set`},
		"too_old": {"opset 5\ninput x float [2]\nc: Cast x -> y to=1\noutput y", `operator Cast is supported from opset 6 on`},
		"cycle": {"opset 13\ninput x float [2]\na: Add x d -> c\nb: Relu c -> d\noutput d",
			`node "a" uses "d" before node "b" computes it: the graph is cyclic or not in topological order`},
		"self":      {"opset 13\ninput x float [2]\na: Add x y -> y\noutput y", `node "a" uses "y" before node "a" computes it`},
		"undefined": {"opset 13\ninput x float [2]\na: Add x z -> y\noutput y", `node "a" uses "z", which nothing computes`},
		"computed_twice": {"opset 13\ninput x float [2]\na: Relu x -> y\nb: Relu x -> y\noutput y",
			`nodes "a" and "b" both compute "y"`},
		"computes_input":   {"opset 13\ninput x float [2]\na: Relu x -> x\noutput x", `node "a" computes "x", which is an input`},
		"no_such_output":   {"opset 13\ninput x float [2]\noutput y", `nothing computes output "y"`},
		"two_outputs":      {"opset 13\ninput x float [2]\noutput x\noutput x", `two outputs are called "x"`},
		"two_inputs":       {"opset 13\ninput x float [2]\ninput x float [2]\noutput x", `two inputs are called "x"`},
		"two_initializers": {"opset 13\ninput x float [2]\ninit w float [1] 1\ninit w float [1] 2\noutput x", `two initializers are called "w"`},
		"no_inputs":        {"opset 13\ninit w float [1] 1\nRelu w -> y\noutput y", `0 inputs`},
		"no_opset":         {"input x float [2]\na: Relu x -> y\noutput y", `opset_import is missing`},
		"future_opset":     {"opset 9999\ninput x float [2]\na: Relu x -> y\noutput y", `version 9999 of the default operator set`},
		"open_dimension":   {"opset 13\ninput x float [N,seq]\na: Relu x -> y\noutput y", `input "x": dimension 1 ("seq") is not fixed`},
		"no_shape":         {"opset 13\ninput x float\na: Relu x -> y\noutput y", `input "x": the model does not declare its shape`},
		"missing_input":    {"opset 13\ninput x float [2]\na: Add x _ -> y\noutput y", `node "a" (Add, opset 13): input 1 is missing`},
		"huge_input":       {"opset 13\ninput x float [99999,99999,99999]\na: Relu x -> y\noutput y", `input "x": shape [99999,99999,99999] has more than`},
		"many_axes": {"opset 13\ninput x float [" + strings.Repeat("1,", 40) + "1]\na: Relu x -> y\noutput y",
			`input "x": it has 41 axes`},
		"broadcast_to_much": {"opset 13\ninput x float [99999,1]\ninput y float [99999]\na: Add x y -> z\noutput z",
			`shape [99999,99999] has more than`},
		"huge_window": {"opset 13\ninput x float [1,1,30000,30000]\na: MaxPool x -> y kernel_shape=[99,99] pads=[50,50,50,50]\noutput y",
			`node "a" (MaxPool, opset 13)`},
		"huge_average": {"opset 13\ninput x float [1,1,30000,30000]\na: AveragePool x -> y kernel_shape=[3,3] pads=[1,1,1,1]\noutput y",
			`node "a" (AveragePool, opset 13)`},
		"empty_but_huge": {"opset 13\ninput x float [2]\ninit e int64 [0,2147483648,2147483648]\nGather x e -> y\noutput y",
			`initializer "e": shape`},
		"empty_fill": {"opset 13\ninput x float [2]\ninit n int64 [3] 0 2147483648 2147483648\nc: ConstantOfShape n -> e value=int64[1](0)\nGather x e -> y\noutput y",
			`node "c" (ConstantOfShape, opset 13): shape`},
		"empty_reshape": {"opset 14\ninput x float [2]\ninit e int64 [0]\ninit n int64 [3] 0 2147483648 2147483648\nr: Reshape e n -> f allowzero=1\nGather x f -> y\noutput y",
			`node "r" (Reshape, opset 14): shape`},
		"subgraph": {"opset 13\ninput x float [2]\na: If x -> y\noutput y", `attribute "then_branch" is missing`},
	} {
		t.Run(name, func(t *testing.T) {
			g, _, err := Load(marshal(c.model))
			if err == nil {
				t.Fatalf("loaded:\n%v", g)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestRefusedBytes is TestRefused for files that the text form cannot express.
func TestRefusedBytes(t *testing.T) {
	base := func() onnxwrite.Model { return onnxtest.MustParse(small).Model }
	claim := func(dims ...int64) []byte { // dimensions with four bytes of data
		m := base()
		m.Inits[1].Dims = dims
		return m.Marshal()
	}
	external := func(field []byte) []byte {
		graph := onnxwrite.Bytes(nil, 5, append(onnxwrite.Varint(onnxwrite.Bytes(nil, 8, []byte("w")), 2, 1), field...))
		return onnxwrite.Bytes(nil, 7, graph)
	}
	functions := append(base().Marshal(), 0xca, 0x01, 0) // field 25
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"claims_more":     {claim(1 << 30), `initializer 1 "b": 8 bytes of data for dimensions [1073741824] of float, want 4294967296`},
		"claims_overflow": {claim(1<<40, 1<<40), `initializer 1 "b": dimensions [1099511627776 1099511627776] are negative or too large`},
		"claims_negative": {claim(-2), `initializer 1 "b": dimensions [-2] are negative or too large`},
		"claims_less":     {claim(1), `want 4`},
		"external":        {external(onnxwrite.Bytes(nil, 13, nil)), `initializer 0 "w": the elements are in another file (external data)`},
		"external_flag":   {external(onnxwrite.Varint(nil, 14, 1)), `external data`},
		"segment":         {external(onnxwrite.Bytes(nil, 3, nil)), `one segment of several`},
		"sparse":          {onnxwrite.Bytes(nil, 7, onnxwrite.Bytes(nil, 15, nil)), `1 sparse initializers`},
		"functions":       {functions, `1 functions of its own`},
		"group":           {append(base().Marshal(), 0x0b, 0x0c), `wire type 3`},
		"two_graphs":      {append(base().Marshal(), 0x3a, 0), `field 7 occurs twice`},
		"empty":           {nil, `no graph in 0 bytes`},
		"text":            {[]byte("hello, this is not a model"), `not a readable ONNX file`},
		"two_opsets":      {onnxwrite.Bytes(base().Marshal(), 8, onnxwrite.Varint(nil, 2, 12)), `versions 13 and 12`},
		"nested":          {nested(20), `graphs nest more than 8 deep`},
		"nodes":           {manyNodes(), `more than 131072 nodes`},
		"messages":        {manyDims(), `too many messages for the size of the file`},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Load(c.data)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if _, err := Inspect(c.data); err == nil {
				t.Error("Inspect accepts the file")
			}
		})
	}
}

// nested returns a model with graphs in attributes of nodes of graphs.
func nested(depth int) []byte {
	m := onnxwrite.Model{Nodes: []onnxwrite.Node{{Op: "Relu"}}}
	for range depth {
		m = onnxwrite.Model{Nodes: []onnxwrite.Node{{Op: "If", Attrs: map[string]any{"then_branch": m}}}}
	}
	return m.Marshal()
}

// manyNodes returns a model of empty nodes.
func manyNodes() []byte {
	return onnxwrite.Bytes(nil, 7, slices.Repeat([]byte{0x0a, 0, 0x12, 0, 0x12, 0, 0x12, 0}, 1<<17+1))
}

// manyDims returns a model with an input of many empty dimensions.
func manyDims() []byte {
	shape := onnxwrite.Bytes(nil, 2, slices.Repeat([]byte{0x0a, 0}, 1<<16))
	return onnxwrite.Bytes(nil, 7, onnxwrite.Bytes(nil, 11, onnxwrite.Bytes(nil, 2, onnxwrite.Bytes(nil, 1, shape))))
}

// TestTruncated cuts a model at every byte.
func TestTruncated(t *testing.T) {
	data := marshal(small)
	if _, _, err := Load(data); err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if _, _, err := Load(data[:n]); err == nil {
			t.Errorf("loads the first %d of %d bytes", n, len(data))
		}
	}
}

// TestMutated changes every byte of a model in a few ways: a reader may refuse or
// accept what comes out, and must do neither at length.
func TestMutated(t *testing.T) {
	data := marshal(small)
	for i := range data {
		for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff, data[i] ^ 1, data[i] ^ 0x10} {
			bad := slices.Clone(data)
			bad[i] = x
			checkLoad(t, bad)
		}
	}
}

// checkLoad loads data and checks what must hold for every file.
func checkLoad(t *testing.T, data []byte) {
	t.Helper()
	start := time.Now()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	g, _, err := Load(data)
	info, inspectErr := Inspect(data)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > allowance(len(data)) {
		t.Errorf("%d bytes of model allocate %d bytes", len(data), used)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("%d bytes of model take %v", len(data), d)
	}
	if err == nil && (inspectErr != nil || len(info.Unsupported) > 0) {
		t.Errorf("Load accepts what Inspect refuses: %v, %+v", inspectErr, info)
	}
	if err != nil {
		return
	}
	if err := g.Check(); err != nil {
		t.Error(err)
	}
	if g.String() == "" {
		t.Error("no text")
	}
}

// allowance bounds what loading and inspecting a file may allocate: the budget
// for numbers computed on the host and for folding, of a few bytes each, and a
// multiple of the file.
func allowance(n int) uint64 { return uint64(1<<20 + 1000*n + 2*16*maxSpent) }

// TestHostileAllocation loads small files that name large tensors.
func TestHostileAllocation(t *testing.T) {
	const fill = "ConstantOfShape n -> c%d value=int64[1](3)\nCast c%d -> f%d to=1\n"
	var many strings.Builder
	many.WriteString("opset 13\ninput x float [1048576]\ninit n int64 [1] 1000000\n")
	for i := range 100 {
		fmt.Fprintf(&many, fill, i, i, i)
	}
	many.WriteString("Sum x")
	for i := range 100 {
		fmt.Fprintf(&many, " f%d", i)
	}
	many.WriteString(" -> y\noutput y")
	for name, text := range map[string]string{
		"fills":  many.String(),
		"window": "opset 13\ninput x float [1,1,40000,40000]\nMaxPool x -> y kernel_shape=[1,1]\noutput y",
		"global": "opset 13\ninput x float [1,1,40000,40000]\nGlobalAveragePool x -> y\noutput y",
		"matmul": "opset 13\ninput x float [40000,40000]\nMatMul x x -> y\noutput y",
	} {
		t.Run(name, func(t *testing.T) { checkLoad(t, marshal(text)) })
	}
}

// FuzzLoad looks for a file that makes Load or Inspect panic or allocate more
// than allowance.
func FuzzLoad(f *testing.F) {
	f.Add(marshal(small))
	f.Add(marshal(small)[:100])
	f.Add(nested(9))
	f.Add([]byte{})
	for _, c := range []string{
		"opset 13\ninput x float [2,3]\nShape x -> s\nReshape x s -> y\noutput y",
		"opset 13\ninput x float [5]\ninit s int64 [1] -1\ninit e int64 [1] -9\nSlice x s e -> y\noutput y",
		"opset 13\ninput x float [4]\ninit i int64 [2] 0 2\nGather x i -> y\noutput y",
		"opset 13\ninput x float [1,2,3]\ninit a float [3,2] wave\nMatMul x a -> y\nSoftmax y -> p\noutput p",
		"opset 8\ninput x float [1,1,5]\nAveragePool x -> y kernel_shape=[3] pads=[1,1] strides=[2] ceil_mode=1\noutput y",
		"opset 13\ninput x float [4]\ninit p int64 [2] -1 2\nPad x p -> y\noutput y",
		"opset 13\ninput x uint8 [4]\nCast x -> f to=1\nSplit f -> a b\noutput a\noutput b",
	} {
		f.Add(marshal(c))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkLoad(t, data) })
}

// FuzzLoadText is FuzzLoad over the text form of models, which reaches the
// operators sooner. Its seeds are the cases of testdata/op.
func FuzzLoadText(f *testing.F) {
	for _, file := range operatorFiles(f) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, m := range archive.Files {
			if strings.HasSuffix(m.Name, ".model") {
				f.Add(string(m.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := onnxtest.Parse(text)
		if err != nil {
			t.Skip()
		}
		checkLoad(t, c.Model.Marshal())
	})
}
