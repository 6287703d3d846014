// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// sampleFromJSON reads {"input name": nested arrays, …}, or one bare array if
// the network has one input. Leading axes of extent 1 may be missing.
//
// The file is read token by token against the shapes of the inputs, so that
// memory is spent for what the network asks for, not for what the file nests.
func sampleFromJSON(data []byte, p *ir.Program) (quant.Sample, error) {
	r := &jsonReader{d: json.NewDecoder(bytes.NewReader(data))}
	s := make(quant.Sample, len(p.Inputs))
	if err := r.sample(p, s); err != nil {
		return nil, err
	}
	if _, err := r.d.Token(); err == nil {
		return nil, fmt.Errorf("something follows the JSON value before byte %d", r.d.InputOffset())
	} else if !errors.Is(err, io.EOF) {
		return nil, notJSON(err)
	}
	return s, nil
}

// A jsonReader reads tensors from a stream of tokens.
type jsonReader struct {
	d *json.Decoder
	// at is where the token before began.
	at int64
}

func (r *jsonReader) next() (json.Token, error) {
	t, err := r.d.Token()
	if err != nil {
		return nil, notJSON(err)
	}
	r.at = r.d.InputOffset()
	return t, nil
}

func notJSON(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("not JSON: %w", err)
}

func (r *jsonReader) sample(p *ir.Program, s quant.Sample) error {
	t, err := r.next()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		if len(p.Inputs) != 1 {
			return fmt.Errorf("no object: the network has %d inputs, want one array for each by name", len(p.Inputs))
		}
		in := p.Input(p.Inputs[0])
		s[0], err = r.tensor(t, in.Shape)
		return inInput(in, err)
	}
	index := map[string]int{}
	for i, id := range p.Inputs {
		index[p.Input(id).Name] = i
	}
	for r.d.More() {
		if t, err = r.next(); err != nil {
			return err
		}
		name := t.(string) // the decoder allows nothing else here
		i, ok := index[name]
		if !ok {
			return fmt.Errorf("the network has no input %.60q", name)
		}
		in := p.Input(p.Inputs[i])
		if s[i] != nil {
			return fmt.Errorf("input %q is there twice", name)
		}
		if t, err = r.next(); err != nil {
			return err
		}
		if s[i], err = r.tensor(t, in.Shape); err != nil {
			return inInput(in, err)
		}
	}
	if _, err = r.next(); err != nil { // the closing brace
		return err
	}
	for i, id := range p.Inputs {
		if s[i] == nil {
			return fmt.Errorf("no array for input %q", p.Input(id).Name)
		}
	}
	return nil
}

func inInput(in ir.Input, err error) error {
	if err != nil {
		return fmt.Errorf("input %q (shape %v): %w", in.Name, in.Shape, err)
	}
	return nil
}

// tensor reads a tensor whose first token is t.
func (r *jsonReader) tensor(t json.Token, shape tensor.Shape) (x []float64, err error) {
	// The brackets before the first number tell which leading axes are missing.
	opened := 0
	for t == json.Delim('[') {
		if opened++; opened > len(shape) {
			return nil, fmt.Errorf("before byte %d: nested deeper than the shape", r.at)
		}
		if t, err = r.next(); err != nil {
			return nil, err
		}
	}
	for opened < len(shape) && shape[0] == 1 {
		shape = shape[1:]
	}
	if opened < len(shape) {
		return nil, fmt.Errorf("before byte %d: arrays nested %d deep, want %d", r.at, opened, len(shape))
	}
	err = r.array(t, shape, opened, &x)
	return x, err
}

// array appends the numbers of nested arrays to out. t is the token after the
// first opened brackets.
func (r *jsonReader) array(t json.Token, shape tensor.Shape, opened int, out *[]float64) (err error) {
	if len(shape) == 0 {
		v, ok := t.(float64)
		if !ok {
			return fmt.Errorf("before byte %d: %s where a number belongs", r.at, describe(t))
		}
		*out = append(*out, v)
		return nil
	}
	if opened == 0 {
		if t != json.Delim('[') {
			return fmt.Errorf("before byte %d: %s where an array of %d elements belongs", r.at, describe(t), shape[0])
		}
		if t, err = r.next(); err != nil {
			return err
		}
	}
	for i := range shape[0] {
		if opened < 2 && t == json.Delim(']') {
			return fmt.Errorf("before byte %d: an array of %d elements, want %d", r.at, i, shape[0])
		}
		if err := r.array(t, shape[1:], max(opened-1, 0), out); err != nil {
			return err
		}
		opened = 0
		if t, err = r.next(); err != nil {
			return err
		}
	}
	if t != json.Delim(']') {
		return fmt.Errorf("before byte %d: an array of more than %d elements", r.at, shape[0])
	}
	return nil
}

// describe names a token, which may be long.
func describe(t json.Token) string {
	switch t := t.(type) {
	case string:
		return "a string"
	case json.Delim:
		return fmt.Sprintf("%q", rune(t))
	case nil:
		return "null"
	}
	return fmt.Sprint(t)
}
