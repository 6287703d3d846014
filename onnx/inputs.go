// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"strconv"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// initializers puts the model's tensors in scope. In files of IR version 3 and
// older every initializer is also listed as an input; in later files such an
// input has a default value. Either way it is not an input here.
func (im *importer) initializers() error {
	for _, t := range im.model.Graph.Initializers {
		h, err := newHost(t, fmt.Sprintf("initializer %q", t.Name))
		if err != nil {
			return err
		}
		im.scope[t.Name] = &value{dtype: t.Type, host: h}
		if t.Type.IsFloat() && im.uses[t.Name] {
			im.info.Parameters += int64(h.shape.Size())
		}
	}
	return nil
}

// inputs adds the inputs that no initializer gives a value. One whose shape is
// not fixed goes to info.Unsupported.
func (im *importer) inputs() error {
	var inputs []onnxpb.ValueInfo
	for _, v := range im.model.Graph.Inputs {
		if im.scope[v.Name] == nil {
			inputs = append(inputs, v)
		}
	}
	if err := im.bind(inputs); err != nil {
		return err
	}
	for _, v := range inputs {
		im.open(v)
		val := &value{dtype: v.Type}
		s, err := im.resolve(v)
		if err == nil && !v.Type.Supported() {
			err = fmt.Errorf("it holds %v, want a tensor of numbers", v.Type)
		}
		if err == nil {
			add := im.b.Input
			if v.Type.IsInt() {
				add = im.b.IntegerInput
			}
			err = im.b.Try(func() { val.id = add(v.Name, s) })
		}
		if err != nil {
			val.failed = true
			im.info.Unsupported = append(im.info.Unsupported, NodeError{Node: v.Name, Op: "input", Err: err})
		}
		im.scope[v.Name] = val
	}
	return nil
}

// open lists v in info.Open if its shape is open.
func (im *importer) open(v onnxpb.ValueInfo) {
	if _, given := im.opts.shapes[v.Name]; given {
		return
	}
	o, fixed := OpenInput{Name: v.Name}, v.HasShape
	for _, d := range v.Dims {
		switch {
		case d.Value > 0:
			o.Dims = append(o.Dims, strconv.FormatInt(d.Value, 10))
			continue
		case d.Param != "":
			o.Dims = append(o.Dims, d.Param)
		default:
			o.Dims = append(o.Dims, "N")
		}
		fixed = false
	}
	if !fixed {
		im.info.Open = append(im.info.Open, o)
	}
}

// bind gives the named dimensions their extents: from the shapes of the options,
// else 1 for a name that can only be the batch: that of the first dimension of
// the first input, or of the first dimension of others and no later one.
func (im *importer) bind(inputs []onnxpb.ValueInfo) error {
	im.dims = map[string]int{}
	known := map[string]bool{}
	for _, v := range inputs {
		known[v.Name] = true
		s, ok := im.opts.shapes[v.Name]
		if !ok {
			continue
		}
		if v.HasShape && len(v.Dims) != len(s) {
			return fmt.Errorf("input %q: shape %v is given, the model declares %d dimensions", v.Name, s, len(v.Dims))
		}
		for i, d := range v.Dims {
			switch {
			case d.Value > 0 && int64(s[i]) != d.Value:
				return fmt.Errorf("input %q: shape %v is given, the model declares %d for dimension %d", v.Name, s, d.Value, i)
			case d.Value <= 0 && d.Param != "":
				if n, ok := im.dims[d.Param]; ok && n != s[i] {
					return fmt.Errorf("input %q: shape %v is given, but %q is %d elsewhere", v.Name, s, d.Param, n)
				}
				im.dims[d.Param] = s[i]
			}
		}
	}
	for name := range im.opts.shapes {
		if !known[name] {
			return fmt.Errorf("a shape is given for %q, which is not an input of the model", name)
		}
	}
	for i, v := range inputs {
		if len(v.Dims) == 0 || v.Dims[0].Param == "" {
			continue
		}
		batch := v.Dims[0].Param
		if _, ok := im.dims[batch]; !ok && (i == 0 || !inner(inputs, batch)) {
			im.dims[batch] = 1
		}
	}
	return nil
}

// inner reports whether a name stands for a dimension that is not the first.
func inner(inputs []onnxpb.ValueInfo, name string) bool {
	for _, v := range inputs {
		for i, d := range v.Dims {
			if i > 0 && d.Param == name {
				return true
			}
		}
	}
	return false
}

// resolve returns the shape of an input, or of another value that the model
// declares.
func (im *importer) resolve(v onnxpb.ValueInfo) (tensor.Shape, error) {
	if s, ok := im.opts.shapes[v.Name]; ok {
		return s, s.Check()
	}
	if !v.HasShape {
		return nil, fmt.Errorf("the model does not declare its shape; give one")
	}
	if len(v.Dims) > maxRank {
		return nil, fmt.Errorf("it has %d axes, at most %d are supported", len(v.Dims), maxRank)
	}
	s := make(tensor.Shape, len(v.Dims))
	for i, d := range v.Dims {
		switch n, bound := im.dims[d.Param]; {
		case d.Value > tensor.MaxElements:
			return nil, fmt.Errorf("dimension %d is %d", i, d.Value)
		case d.Value > 0:
			s[i] = int(d.Value)
		case d.Param != "" && bound:
			s[i] = n
		case i == 0 && d.Param == "":
			s[i] = 1
		default:
			return nil, fmt.Errorf("dimension %d (%q) is not fixed by the model; give the input's shape", i, d.Param)
		}
	}
	return s, s.Check()
}
