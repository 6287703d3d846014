// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"strconv"
)

// textHeader is the first line of the text of a program. It separates the
// digest from the hash of anything else; a change of the format changes it.
const textHeader = "zkml program 1"

// WriteText writes the canonical text of p: a header, then one line for each
// table, node and output.
//
//	zkml program 1
//	table NUMBER {name, lo, size, bytes, sha256}
//	node NUMBER KIND NAME [ARGUMENT…] [EXTENT…] [LO,HI] {parameters of the primitive}
//	output NUMBER {name, id, scale, note, visibility}
//
// Names, lists and parameters are JSON without spaces, fields in the order of
// their declaration. The elements of tables and constants appear by the SHA-256
// of their block. Two programs have the same text only if they compute
// the same with the same names; it fails only if w does.
func (p *Program) WriteText(w io.Writer) error {
	bw := bufio.NewWriter(w)
	bw.WriteString(textHeader + "\n")
	for i := range p.Tables {
		bw.Write(appendLine(nil, "table", i, "", p.Tables[i].text()))
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		bw.Write(appendLine(nil, "node", i, n.Op.Kind(),
			n.Name, n.Args, n.Shape, []int64{n.Range.Lo, n.Range.Hi}, primitiveOf(n.Op.Kind()).params(n.Op)))
	}
	for i, o := range p.Outputs {
		bw.Write(appendLine(nil, "output", i, "", o))
	}
	return bw.Flush()
}

// Digest returns the SHA-256 of the canonical text: the identity of the model,
// which binds its structure, scales, ranges, tables, weights and names.
func (p *Program) Digest() [32]byte {
	h := sha256.New()
	p.WriteText(h) // a hash never fails
	return [32]byte(h.Sum(nil))
}

// appendLine appends one line of the text.
func appendLine(b []byte, verb string, number int, kind string, values ...any) []byte {
	b = append(b, verb...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(number), 10)
	if kind != "" {
		b = append(append(b, ' '), kind...)
	}
	for _, v := range values {
		b = appendJSON(append(b, ' '), reflect.ValueOf(v))
	}
	return append(b, '\n')
}

// appendJSON appends v as JSON without spaces. Unlike encoding/json it writes an
// absent list as [], so that a value has one text.
func appendJSON(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, 64)
	case reflect.String:
		return appendString(b, v.String())
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, v.Index(i))
		}
		return append(b, ']')
	case reflect.Struct:
		b = append(b, '{')
		for i := range v.NumField() {
			if i > 0 {
				b = append(b, ',')
			}
			name := v.Type().Field(i).Tag.Get("json")
			if name == "" {
				panic(fmt.Sprintf("zkml: internal error: field %s of %v has no json tag", v.Type().Field(i).Name, v.Type()))
			}
			b = append(append(append(b, '"'), name...), `":`...)
			b = appendJSON(b, v.Field(i))
		}
		return append(b, '}')
	}
	panic(fmt.Sprintf("zkml: internal error: the text of a program cannot hold a %v", v.Type()))
}

// appendString appends s, which is valid UTF-8, as a JSON string. Only what JSON
// does not allow is escaped.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
