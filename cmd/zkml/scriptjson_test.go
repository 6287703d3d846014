// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// jsonField FILE PATH [WANT] wants a field of a JSON value, and what it is: a
// JSON value, >N, <N or a string. The path has names and indices between dots.
func jsonField(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || len(args) > 3 || neg && len(args) > 2 {
		ts.Fatalf("usage: [!] jsonfield file path [value]")
	}
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &v); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	v, err := lookUp(v, args[1])
	switch {
	case neg && err == nil:
		ts.Fatalf("%s is %v, want no such field", args[1], v)
	case neg:
		return
	case err == nil && len(args) > 2:
		err = matches(v, args[2])
	}
	if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
}

func lookUp(v any, path string) (any, error) {
	for _, name := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			field, ok := x[name]
			if !ok {
				return nil, fmt.Errorf("no field %q", name)
			}
			v = field
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(x) {
				return nil, fmt.Errorf("no element %q of %d", name, len(x))
			}
			v = x[i]
		default:
			return nil, fmt.Errorf("%v has no field %q", v, name)
		}
	}
	return v, nil
}

func matches(v any, want string) error {
	if op := want[0]; op == '>' || op == '<' {
		limit, err := strconv.ParseFloat(want[1:], 64)
		if err != nil {
			return err
		}
		x, ok := v.(float64)
		if !ok || op == '>' && x <= limit || op == '<' && x >= limit {
			return fmt.Errorf("got %v, want %s", v, want)
		}
		return nil
	}
	got, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if s, ok := v.(string); string(got) != want && !(ok && s == want) {
		return fmt.Errorf("got %s, want %s", got, want)
	}
	return nil
}
