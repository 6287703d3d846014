// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A program file is
//
//	magic · length of the text · length of the weights · text · weights
//
// with lengths of 8 bytes, little endian. The weights are the blocks of the
// tables and the constants in the order of the text.
const fileMagic = "zkml.ir\x01"

const fileHeader = len(fileMagic) + 16

// ErrFormat is wrapped by every complaint of Decode.
var ErrFormat = errors.New("bad program file")

// Encode writes p as a program file; Decode reads it. It fails if w does or if p
// does not pass Check.
func (p *Program) Encode(w io.Writer) error {
	if err := p.Check(); err != nil {
		return err
	}
	var text bytes.Buffer
	p.WriteText(&text) // a buffer never fails
	weights := 0
	p.eachBlock(func(data Values) error {
		weights += data.Len() * blockWidth(data)
		return nil
	})
	head := []byte(fileMagic)
	head = binary.LittleEndian.AppendUint64(head, uint64(text.Len()))
	head = binary.LittleEndian.AppendUint64(head, uint64(weights))
	if _, err := w.Write(head); err != nil {
		return err
	}
	if _, err := w.Write(text.Bytes()); err != nil {
		return err
	}
	return p.eachBlock(func(data Values) error { return writeBlock(w, data) })
}

// eachBlock calls visit with the data of every block in the order of the text.
func (p *Program) eachBlock(visit func(Values) error) error {
	for i := range p.Tables {
		if err := visit(wrap(p.Tables[i].Values)); err != nil {
			return err
		}
	}
	for i := range p.Nodes {
		if c, ok := p.Nodes[i].Op.(Const); ok {
			if err := visit(c.Data); err != nil {
				return err
			}
		}
	}
	return nil
}

// Decode reads a program file. Every node is built by Add, which proves shapes
// and ranges anew, and the text of the result must be the file's to the last
// byte: hence a program has one file. Memory stays in proportion to the file.
// Errors wrap ErrFormat.
func Decode(data []byte) (*Program, error) {
	p, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return p, nil
}

func decode(data []byte) (*Program, error) {
	text, weights, err := sections(data)
	if err != nil {
		return nil, err
	}
	p := &Program{}
	blocks := &blockReader{weights}
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if i == 0 {
			if line != textHeader {
				return nil, fmt.Errorf("the text starts with %q, want %q", clip(line), textHeader)
			}
			continue
		}
		if err := p.readLine(line, blocks); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if n := len(blocks.rest); n > 0 {
		return nil, fmt.Errorf("%d bytes of weights that no line names", n)
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	var want strings.Builder
	p.WriteText(&want) // a builder never fails
	return p, compareText(text, want.String())
}

// sections splits a file.
func sections(data []byte) (text string, weights []byte, err error) {
	if len(data) < fileHeader || string(data[:len(fileMagic)]) != fileMagic {
		return "", nil, fmt.Errorf("no %q at the start", fileMagic)
	}
	n := binary.LittleEndian.Uint64(data[len(fileMagic):])
	m := binary.LittleEndian.Uint64(data[len(fileMagic)+8:])
	body := data[fileHeader:]
	if n > uint64(len(body)) || m != uint64(len(body))-n {
		return "", nil, fmt.Errorf("the header names %d bytes of text and %d of weights, %d bytes follow it", n, m, len(body))
	}
	return string(body[:n]), body[n:], nil
}

// readLine adds what one line says to p. It takes from the line only what the
// text of p will not derive; compareText checks the rest.
func (p *Program) readLine(line string, blocks *blockReader) error {
	verb, rest, _ := strings.Cut(line, " ")
	_, rest, _ = strings.Cut(rest, " ") // the number
	switch verb {
	case "table":
		if len(p.Tables) == MaxTables {
			return fmt.Errorf("more than %d tables", MaxTables)
		}
		var t tableText
		if err := json.Unmarshal([]byte(rest), &t); err != nil {
			return err
		}
		if t.Size > MaxTableSize {
			return fmt.Errorf("table of %d values, want at most %d", t.Size, MaxTableSize)
		}
		values, err := blocks.next(t.Size, t.Bytes)
		p.Tables = append(p.Tables, Table{Name: t.Name, Lo: t.Lo, Values: values.Int64s()})
		return err
	case "node":
		if len(p.Nodes) == MaxNodes {
			return fmt.Errorf("more than %d nodes", MaxNodes)
		}
		kind, rest, _ := strings.Cut(rest, " ")
		return p.readNode(kind, rest, blocks)
	case "output":
		var o Output
		err := json.Unmarshal([]byte(rest), &o)
		p.Outputs = append(p.Outputs, o)
		return err
	}
	return fmt.Errorf("%q is neither table, node nor output", clip(verb))
}

// readNode reads the name, the arguments and the parameters of a node.
func (p *Program) readNode(kind, values string, blocks *blockReader) error {
	def := primitiveOf(kind)
	if def == nil {
		return fmt.Errorf("no primitive is called %q", clip(kind))
	}
	var name string
	var args []ID
	var shape, bounds, params json.RawMessage
	dec := json.NewDecoder(strings.NewReader(values))
	for _, v := range []any{&name, &args, &shape, &bounds, &params} {
		if err := dec.Decode(v); err != nil {
			return fmt.Errorf("node %q: %w", clip(name), err)
		}
	}
	op, err := def.read(params, blocks)
	if err != nil {
		return fmt.Errorf("node %q: %w", clip(name), err)
	}
	_, err = p.Add(name, op, args...)
	return err
}

// compareText reports the first line in which the text of a file differs from
// the canonical text of the program that it describes.
func compareText(got, want string) error {
	if got == want {
		return nil
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			at := 0
			for at < min(len(g[i]), len(w[i])) && g[i][at] == w[i][at] {
				at++
			}
			at = max(0, at-20) // some context
			return fmt.Errorf("line %d is not what the program says: got %q, want %q", i+1, clip(g[i][at:]), clip(w[i][at:]))
		}
	}
	return fmt.Errorf("the text has %d lines, want %d", len(g), len(w))
}

// clip shortens s for a message.
func clip(s string) string {
	const length = 80
	if len(s) > length {
		return s[:length] + "…"
	}
	return s
}
