// SPDX-License-Identifier: Apache-2.0

package onnxwrite_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// TestFloatsAreData: a tensor of Floats is written as one of the same Data, alone,
// in a model and in a graph that is an attribute.
func TestFloatsAreData(t *testing.T) {
	t.Parallel()
	const n = 20000 // more than is written at a time
	data, floats := make([]float64, n), make([]float32, n)
	for i := range data {
		floats[i] = float32(i) / 7
		data[i] = float64(floats[i])
	}
	dims := []int64{n / 2, 2}
	model := func(w onnxwrite.Tensor) onnxwrite.Model {
		graph := onnxwrite.Model{Inits: []onnxwrite.Tensor{w}, Outputs: []onnxwrite.Value{{Name: "w", Type: 1}}}
		return onnxwrite.Model{
			IRVersion: 8, Producer: "test", Opsets: map[string]int64{"": 17, "x": 1},
			Inputs:  []onnxwrite.Value{{Name: "x", Type: 1, Dims: []any{1, "n", nil}}},
			Outputs: []onnxwrite.Value{{Name: "y", Type: 1}},
			Inits:   []onnxwrite.Tensor{{Name: "k", Type: 7, Dims: []int64{1}, Data: []float64{-1}}, w},
			Nodes:   []onnxwrite.Node{{Op: "Odd", In: []string{"x", "w"}, Out: []string{"y"}, Attrs: map[string]any{"g": graph, "t": w}}},
		}
	}
	one, other := onnxwrite.Tensor{Name: "w", Type: 1, Dims: dims, Data: data}, onnxwrite.Tensor{Name: "w", Type: 1, Dims: dims, Floats: floats}
	if !bytes.Equal(one.Marshal(), other.Marshal()) {
		t.Error("the tensors differ")
	}
	if !bytes.Equal(model(one).Marshal(), model(other).Marshal()) {
		t.Error("the models differ")
	}
	m, err := onnxpb.Decode(model(other).Marshal())
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Graph.Initializers[1].Floats()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(floats, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestWriteFails: the error of the writer is returned, wherever it occurs.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	m := onnxwrite.Model{Inits: []onnxwrite.Tensor{{Name: "w", Type: 1, Dims: []int64{2}, Floats: []float32{1, 2}}}, Opsets: map[string]int64{"": 17}}
	all := len(m.Marshal())
	for room := range all {
		if err := m.Write(&narrow{room}); !errors.Is(err, errFull) {
			t.Errorf("%d of %d bytes: error %v", room, all, err)
		}
	}
	if err := m.Write(&narrow{all}); err != nil {
		t.Error(err)
	}
}

var errFull = errors.New("full")

// narrow fails once it has taken room bytes.
type narrow struct{ room int }

func (n *narrow) Write(b []byte) (int, error) {
	if len(b) > n.room {
		return 0, errFull
	}
	n.room -= len(b)
	return len(b), nil
}
