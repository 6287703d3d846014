// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/zkml-go/zkml/verifier"
)

// The exit codes.
const (
	exitOK          = 0
	exitRejected    = 1 // also of a comparison of benchmarks that finds a regression
	exitUsage       = 2
	exitInput       = 3
	exitInternal    = 4
	exitInterrupted = 130 // what shells make of an interrupt
)

// A command is one verb of the tool. setup declares its flags and returns the
// function that runs it.
type command struct {
	name  string
	short string // for the list of commands
	args  string // the arguments, for the usage line
	long  string
	setup func(f *flag.FlagSet) func(e *env, args []string) error
}

// An env is what a command may touch of the outside.
type env struct {
	ctx            context.Context
	stdout, stderr io.Writer
	json           bool
}

// message writes one line to standard error.
func (e *env) message(kind, format string, args ...any) {
	fmt.Fprintf(e.stderr, "zkml: %s: %s\n", kind, printable(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", "; ")))
}

// flags returns the flags of c, for e, and the function that runs it.
func (c *command) flags(e *env) (*flag.FlagSet, func(e *env, args []string) error) {
	f := flag.NewFlagSet(c.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&e.json, "json", false, "print the result as JSON")
	return f, c.setup(f)
}

func (c *command) execute(e *env, args []string) error {
	f, action := c.flags(e)
	positional, err := parse(f, args)
	if errors.Is(err, flag.ErrHelp) {
		c.help(e.stdout, f)
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	return action(e, positional)
}

// parse accepts flags before, between and after the other arguments.
func parse(f *flag.FlagSet, args []string) (positional []string, err error) {
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		rest := f.Args()
		if len(rest) == 0 {
			return positional, nil
		}
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(positional, rest...), nil
		}
		positional, args = append(positional, rest[0]), rest[1:]
	}
}

func (c *command) help(w io.Writer, f *flag.FlagSet) {
	fmt.Fprintf(w, "Usage: %s\n\n%s\n\nFlags:\n", c.usage(), strings.TrimSpace(c.long))
	f.VisitAll(func(x *flag.Flag) {
		arg, usage := flag.UnquoteUsage(x)
		dashes := "--"
		if len(x.Name) == 1 {
			dashes = "-"
		}
		fmt.Fprintf(w, "    %s\n        %s", strings.TrimSpace(dashes+x.Name+" "+arg), usage)
		if x.DefValue != "" && x.DefValue != "false" && x.DefValue != "0" {
			fmt.Fprintf(w, " (default %s)", x.DefValue)
		}
		fmt.Fprintln(w)
	})
}

// usage returns how c is called.
func (c *command) usage() string { return strings.TrimSpace("zkml " + c.name + " " + c.args) }

// A usageError says that the command line is off.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// An inputError says that a file, a model or an input is off. hint may be empty.
type inputError struct {
	error
	hint string
}

func (i inputError) Unwrap() error { return i.error }

// bad marks an error as the user's input's.
func bad(err error) error {
	if err == nil {
		return nil
	}
	return inputError{error: err}
}

// badf is bad of a new error.
func badf(format string, args ...any) error { return bad(fmt.Errorf(format, args...)) }

// hinted is bad with advice.
func hinted(hint string, err error) error { return inputError{error: err, hint: hint} }

// report prints err and returns the exit code that it stands for.
func (e *env) report(c *command, err error) int {
	if err == nil {
		return exitOK
	}
	if e.ctx.Err() != nil && errors.Is(err, e.ctx.Err()) {
		e.message("error", "interrupted")
		return exitInterrupted
	}
	e.message("error", "%v", err)
	var u usageError
	var in inputError
	switch {
	case errors.As(err, &u):
		e.message("hint", "usage: %s; zkml %s -h explains it", c.usage(), c.name)
		return exitUsage
	case errors.As(err, &in): // also where a proof was rejected that this program made: its keys are off
		if in.hint != "" {
			e.message("hint", "%s", in.hint)
		}
		return exitInput
	case errors.Is(err, verifier.ErrRejected), errors.Is(err, errRegressed):
		return exitRejected
	}
	return exitInternal
}

// usagef is a new usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// one returns the only positional argument.
func one(args []string, what string) (string, error) {
	switch len(args) {
	case 0:
		return "", usagef("give one argument: %s", what)
	case 1:
		return args[0], nil
	}
	return "", usagef("unexpected argument %q: want one, %s", args[1], what)
}
