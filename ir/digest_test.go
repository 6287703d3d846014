// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ir"
)

// change walks v and makes the change number *n: adds to a number, extends a
// string, repeats the last element of a list. It returns the path of what it
// changed, or "" if v has no such place.
func change(v reflect.Value, path string, n *int) string {
	hit := func() bool { *n--; return *n == -1 }
	if packed, ok := v.Interface().(ir.Values); ok {
		data := packed.Int64s()
		done := change(reflect.ValueOf(&data).Elem(), path, n)
		v.Set(reflect.ValueOf(ir.Pack(data)))
		return done
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		if hit() {
			v.SetInt(v.Int() + 1)
			return path
		}
	case reflect.Float64:
		if hit() {
			v.SetFloat(v.Float() * (1 + 1e-15))
			return path
		}
	case reflect.String:
		if hit() {
			v.SetString(v.String() + "x")
			return path
		}
	case reflect.Interface:
		c := reflect.New(v.Elem().Type()).Elem()
		c.Set(v.Elem())
		done := change(c, path+"("+c.Type().Name()+")", n)
		v.Set(c)
		return done
	case reflect.Slice:
		for i := range v.Len() {
			if done := change(v.Index(i), fmt.Sprintf("%s[%d]", path, i), n); done != "" {
				return done
			}
		}
		if hit() {
			last := reflect.Zero(v.Type().Elem())
			if v.Len() > 0 {
				last = v.Index(v.Len() - 1)
			}
			v.Set(reflect.Append(v, last))
			return path + " longer"
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if done := change(v.Field(i), path+"."+v.Type().Field(i).Name, n); done != "" {
				return done
			}
		}
	default:
		panic("the walk does not know " + v.Type().String())
	}
	return ""
}

// TestDigestBindsEveryField changes each field of a program, one at a time.
// Names are bound too: they are part of what a model says of itself.
func TestDigestBindsEveryField(t *testing.T) {
	t.Parallel()
	exempt := map[string]string{
		".Inputs": "derived: the input nodes in order; Check compares",
	}
	seen := map[[32]byte]string{small(t).Digest(): "the unchanged program"}
	exempted := 0
	count := 0
	for ; ; count++ {
		p := small(t)
		for i := range p.Nodes { // a shape that a node shares with another changes alone
			p.Nodes[i].Shape = p.Nodes[i].Shape.Clone()
		}
		n := count
		path := change(reflect.ValueOf(p).Elem(), "", &n)
		if path == "" {
			break
		}
		d := p.Digest()
		field, _, _ := strings.Cut(strings.TrimSuffix(path, " longer"), "[")
		if exempt[field] != "" {
			exempted++
			continue
		}
		if other, dup := seen[d]; dup {
			t.Errorf("changing %s gives the digest of %s", path, other)
		}
		seen[d] = path
	}
	if count < 150 || exempted != 2 {
		t.Errorf("%d places, %d of them exempt", count, exempted)
	}
}
