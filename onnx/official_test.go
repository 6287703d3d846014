// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/tensor"
)

// TestOfficial runs every official operator test of ONNX whose operators are all
// registered, with the tolerance of ONNX's own runner. Inputs become constants
// but for the first, and a second run leaves all floating-point ones open where
// the operator allows it. testdata/official.golden holds what passed and what
// was skipped, with the reason registered beside the operator.
func TestOfficial(t *testing.T) {
	tests := onnxtest.Official(t)
	counts := map[string]int{}
	byOperator := map[string]*[2]int{}
	needed := map[string]bool{}
	var skipped []string
	for _, test := range tests {
		ops, err := unregistered(test.Model)
		if err != nil {
			t.Errorf("%s: %v", test.Name, err)
			continue
		}
		if ops == nil {
			counts["unsupported"]++
			continue
		}
		err = runOfficial(test)
		pattern, reason := skipReason(test.Name)
		passed := 0
		switch {
		case err == nil && pattern == "":
			counts["passed"]++
		case err != nil && pattern != "":
			counts["skipped"]++
			passed = 1
			needed[pattern] = true
			skipped = append(skipped, fmt.Sprintf("%s: %s\n", test.Name, reason))
		case err != nil:
			t.Errorf("%s: %v", test.Name, err)
		}
		for _, op := range ops {
			if byOperator[op] == nil {
				byOperator[op] = new([2]int)
			}
			byOperator[op][passed]++
		}
	}
	for _, s := range skips {
		if !needed[s.pattern] {
			t.Errorf("no test fails for the reason that %s gives", s.pattern)
		}
	}
	var got strings.Builder
	for _, k := range []string{"passed", "skipped", "unsupported"} {
		fmt.Fprintf(&got, "%s %d\n", k, counts[k])
	}
	got.WriteString("\noperator: tests that use it passed, skipped\n")
	for _, op := range slices.Sorted(maps.Keys(byOperator)) {
		fmt.Fprintf(&got, "%s: %d, %d\n", op, byOperator[op][0], byOperator[op][1])
	}
	got.WriteString("\nskipped\n" + strings.Join(skipped, ""))
	golden(t, "testdata/official.golden", got.String())
}

// golden compares got with a file, or writes it with -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got)\n%s", file, d)
	}
}

// unregistered returns the operators of a model, or none if one of them is not
// registered.
func unregistered(model []byte) ([]string, error) {
	m, err := onnxpb.Decode(model)
	if err != nil {
		return nil, err
	}
	var ops []string
	for _, n := range m.Graph.Nodes {
		if operators[[2]string{domain(n.Domain), n.OpType}] == nil {
			return nil, nil
		}
		if !slices.Contains(ops, n.OpType) {
			ops = append(ops, n.OpType)
		}
	}
	return ops, nil
}

// TestOfficialFails shows that the runner notices a wrong output, a wrong size
// and a wrong argmax.
func TestOfficialFails(t *testing.T) {
	row := func(x ...float64) []byte {
		return onnxwrite.Tensor{Type: onnxwrite.Types["float"], Dims: []int64{1, int64(len(x))}, Data: x}.Marshal()
	}
	relu := marshal("opset 13\ninput x float [1,2]\nRelu x -> y\noutput y")
	softmax := marshal("opset 13\ninput x float [1,2]\nSoftmax x -> y axis=1\noutput y")
	for name, c := range map[string]struct {
		model, want []byte
		ok          bool
	}{
		"right":        {relu, row(0, 2), true},
		"close":        {relu, row(0, 2.0015), true},
		"wrong":        {relu, row(0, 2.1), false},
		"short":        {relu, row(0), false},
		"right argmax": {softmax, row(0.1, 0.9), true},
		"wrong argmax": {softmax, row(0.9, 0.1), false},
		"short argmax": {softmax, row(0.9), false},
	} {
		err := runOfficial(onnxtest.OfficialTest{Model: c.model, Inputs: [][]byte{row(-1, 2)}, Outputs: [][]byte{c.want}})
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func skipReason(name string) (pattern, reason string) {
	for _, s := range skips {
		if ok, _ := path.Match(s.pattern, name); ok {
			return s.pattern, s.reason
		}
	}
	return "", ""
}

// runOfficial runs a test with one open input, then with all of them.
func runOfficial(test onnxtest.OfficialTest) error {
	m, err := onnxpb.Decode(test.Model)
	if err != nil {
		return err
	}
	var names []string
	types := map[string]onnxpb.DataType{}
	for _, v := range m.Graph.Inputs {
		if !slices.ContainsFunc(m.Graph.Initializers, func(t *onnxpb.Tensor) bool { return t.Name == v.Name }) {
			names = append(names, v.Name)
			types[v.Name] = v.Type
		}
	}
	if len(names) != len(test.Inputs) {
		return fmt.Errorf("%d inputs, %d files", len(names), len(test.Inputs))
	}
	open := func(i int) bool { return i == 0 && types[names[0]].IsFloat() }
	if err := runOpen(test, names, open); err != nil {
		return err
	}
	err = runOpen(test, names, func(i int) bool { return types[names[i]].IsFloat() })
	if err != nil && strings.Contains(err.Error(), "must be known when the model is loaded") {
		return nil
	}
	return err
}

// runOpen runs a test with the inputs for which open holds left open.
func runOpen(test onnxtest.OfficialTest, names []string, open func(i int) bool) error {
	var fixed []string
	var tensors [][]byte
	inputs := map[string][]float64{"unused input": {0}}
	for i, name := range names {
		x, err := decodeReals(test.Inputs[i])
		if !open(i) || err == nil && len(x) == 0 {
			fixed, tensors = append(fixed, name), append(tensors, test.Inputs[i])
			continue
		}
		if err != nil {
			return err
		}
		inputs[name] = x
	}
	model, err := onnxtest.WithInitializers(test.Model, fixed, tensors, len(fixed) == len(names))
	if err != nil {
		return err
	}
	g, _, err := Load(model)
	if err != nil {
		return err
	}
	return compareOutputs(g, inputs, test.Outputs, softmaxAxis(test.Model))
}

// compareOutputs runs g and compares its outputs with TensorProtos: the numbers,
// or where a softmax over axis was dropped, the argmax.
func compareOutputs(g *graph.Graph, inputs map[string][]float64, outputs [][]byte, axis int) error {
	args := make([][]float64, len(g.Inputs))
	for i, id := range g.Inputs {
		args[i] = inputs[g.Nodes[id].Name]
	}
	values, err := g.Eval(args)
	if err != nil {
		return err
	}
	if len(g.Outputs) != len(outputs) {
		return fmt.Errorf("%d outputs, want %d", len(g.Outputs), len(outputs))
	}
	for k, o := range g.Outputs {
		want, err := decodeReals(outputs[k])
		if err != nil {
			return err
		}
		if o.Note != "" {
			err = sameArgmax(values[o.ID], want, g.Nodes[o.ID].Shape, axis)
		} else {
			err = near(values[o.ID], want)
		}
		if err != nil {
			return fmt.Errorf("output %d: %w", k, err)
		}
	}
	return nil
}

// softmaxAxis returns the attribute axis of the softmax of a model, by default
// the last.
func softmaxAxis(model []byte) int {
	m, err := onnxpb.Decode(model)
	if err != nil {
		return -1
	}
	for _, n := range m.Graph.Nodes {
		for _, a := range n.Attributes {
			if strings.HasSuffix(n.OpType, "Softmax") && a.Name == "axis" {
				return int(a.I)
			}
		}
	}
	return -1
}

// sameArgmax compares the places of the maxima along an axis.
func sameArgmax(got, want []float64, s tensor.Shape, axis int) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d elements, want %d", len(got), len(want))
	}
	a, err := tensor.NormalizeAxis(int64(axis), len(s))
	if err != nil {
		return err
	}
	inner := s[a+1:].Size()
	for o := range s[:a].Size() * inner {
		first := o/inner*inner*s[a] + o%inner
		best := func(x []float64) int {
			at := 0
			for k := range s[a] {
				if x[first+k*inner] > x[first+at*inner] {
					at = k
				}
			}
			return at
		}
		if best(got) != best(want) {
			return fmt.Errorf("the argmax of line %d is %d, want %d", o, best(got), best(want))
		}
	}
	return nil
}

// near compares with the tolerance of ONNX's test runner.
func near(got, want []float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d elements, want %d", len(got), len(want))
	}
	for i := range want {
		same := got[i] == want[i] || math.IsNaN(got[i]) && math.IsNaN(want[i])
		if !same && !(math.Abs(got[i]-want[i]) <= 1e-7+1e-3*math.Abs(want[i])) {
			return fmt.Errorf("element %d is %v, want %v", i, got[i], want[i])
		}
	}
	return nil
}

// decodeReals reads the elements of a TensorProto.
func decodeReals(data []byte) ([]float64, error) {
	t, err := onnxpb.DecodeTensor(data)
	if err != nil {
		return nil, err
	}
	var out []float64
	if t.Type.IsInt() {
		ints, err := t.Ints()
		for _, x := range ints {
			out = append(out, float64(x))
		}
		return out, err
	}
	floats, err := t.Floats()
	for _, x := range floats {
		out = append(out, float64(x))
	}
	return out, err
}
