// SPDX-License-Identifier: Apache-2.0

// Package scenario is the registry of honest and forged runs that every
// interpreter of relations is tested with: Check, the circuit in gnark's test
// engine, the compiled constraint systems.
//
// A scenario is a small program with inputs. Its forged runs each have one lie
// of a dishonest prover: in a value, in an auxiliary column, in a multiplicity,
// in the public inputs. Everything downstream of the lie is recomputed as the
// prover would who wants the proof to pass, so that a forged run fails for its
// lie and for nothing else.
package scenario

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// A Scenario is a program with an honest input and the lies that its relations
// must catch.
type Scenario struct {
	// Name is the subject, a primitive or a gadget, with an optional variant:
	// "max", "max/tree".
	Name    string
	Program *ir.Program
	Options relation.Options
	Inputs  [][]int64 // honest
	Forged  []Forged

	lies func() []Forged
}

// A Forged is a lie.
type Forged struct {
	Name string
	// Lie changes an honest run. A forged run is judged by every interpreter.
	Lie func(r *Run)
}

// Subject returns the primitive or gadget that the scenario is about.
func (s *Scenario) Subject() string {
	subject, _, _ := strings.Cut(s.Name, "/")
	return subject
}

var registry = map[string]*Scenario{}

// register adds a scenario; a name can be taken once.
func register(s Scenario) struct{} {
	if registry[s.Name] != nil {
		panic("zkml: internal error: scenario " + s.Name + " registered twice")
	}
	s.lies = sync.OnceValue(func() []Forged {
		return slices.Concat(s.told(), s.carried(), openLies)
	})
	registry[s.Name] = &s
	return struct{}{}
}

// Lies returns the forged runs: those of Forged, inputs outside their ranges, the
// variants of both that let another limb of a range check carry the lie, and the
// lies of the open part.
func (s *Scenario) Lies() []Forged { return s.lies() }

// All returns the scenarios, sorted by name.
func All() []*Scenario {
	var all []*Scenario
	for _, s := range registry {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *Scenario) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Get returns a scenario. It panics if there is none of that name.
func Get(name string) *Scenario {
	s := registry[name]
	if s == nil {
		panic(fmt.Sprintf("zkml: internal error: no scenario %q", name))
	}
	return s
}

// Lie returns a forged run of s by name. It panics if there is none.
func (s *Scenario) Lie(name string) Forged {
	for _, f := range s.Lies() {
		if f.Name == name {
			return f
		}
	}
	panic(fmt.Sprintf("zkml: internal error: scenario %s has no lie %q", s.Name, name))
}

// Model returns a fresh model of the program: a test may remove a relation from
// its System.
func (s *Scenario) Model() *circuits.Model {
	m, err := circuits.NewModel(s.Program, s.Options)
	if err != nil {
		panic(fmt.Sprintf("zkml: internal error: scenario %s: %v", s.Name, err))
	}
	return m
}
