// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"encoding/json"
	"fmt"
)

// A primitive is one entry of the list of primitives: what Add and the text of
// a program need to know of an op besides its own methods.
type primitive struct {
	kind string
	args int // number of arguments; −1: one or more
	// params returns what the text says of an op: a value for appendJSON.
	params func(Op) any
	// read is the inverse of params; bulk data comes from blocks.
	read func(params []byte, blocks *blockReader) (Op, error)
}

// primitives is the list of primitives. It grows only with a design note.
var primitives = []primitive{
	plain[Input](0),
	{Const{}.Kind(), 0, constParams, readConst},
	plain[View](1),
	plain[Concat](-1),
	plain[Linear](-1),
	plain[Contract](2),
	plain[Rescale](1),
	plain[Lookup](1),
	plain[Max](1),
	plain[Divide](2),
	plain[Gather](2),
}

// plain describes a primitive whose parameters are the fields of T.
func plain[T Op](args int) primitive {
	var zero T
	return primitive{
		kind:   zero.Kind(),
		args:   args,
		params: func(o Op) any { return o },
		read: func(params []byte, _ *blockReader) (Op, error) {
			var o T
			err := json.Unmarshal(params, &o)
			return o, err
		},
	}
}

// primitiveOf returns the entry of a kind, or nil.
func primitiveOf(kind string) *primitive {
	for i := range primitives {
		if primitives[i].kind == kind {
			return &primitives[i]
		}
	}
	return nil
}

// checkArgs reports an error if a primitive of that kind does not exist or does
// not take n arguments.
func checkArgs(kind string, n int) error {
	def := primitiveOf(kind)
	switch {
	case def == nil:
		return fmt.Errorf("no primitive is called %q", kind)
	case def.args < 0 && n == 0:
		return fmt.Errorf("no arguments, want at least one")
	case def.args >= 0 && n != def.args:
		return fmt.Errorf("%d arguments, want %d", n, def.args)
	}
	return nil
}

// Kinds returns the number of arguments that each primitive of this package
// takes; −1 means one or more.
func Kinds() map[string]int {
	m := make(map[string]int, len(primitives))
	for _, def := range primitives {
		m[def.kind] = def.args
	}
	return m
}
