// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"runtime/debug"
	"time"
)

// step runs one long computation and returns how long it took.
//
// When the context ends, step returns its error at once. The computation, which
// may be deep in a library that knows no context, then runs on until the process
// exits: it must not write files, and nobody may look at what it makes.
func (e *env) step(what string, action func() error) (time.Duration, error) {
	return e.write(what, func() error {
		type outcome struct {
			err   error
			crash *crash
		}
		done := make(chan outcome, 1)
		go func() {
			var o outcome
			defer func() {
				if r := recover(); r != nil {
					c := crashed(r)
					o.crash = &c
				}
				done <- o
			}()
			o.err = action()
		}()
		select {
		case <-e.ctx.Done():
			return e.ctx.Err()
		case o := <-done:
			if o.crash != nil {
				panic(*o.crash)
			}
			return o.err
		}
	})
}

// write is step for an action that writes files: it is always waited for. It
// says on standard error what goes on once the action has taken a second, and at
// the end how long it took.
func (e *env) write(what string, action func() error) (time.Duration, error) {
	start := time.Now()
	said := make(chan struct{})
	timer := time.AfterFunc(time.Second, func() {
		fmt.Fprintf(e.stderr, "zkml: %s …\n", what)
		close(said)
	})
	err := action()
	took := time.Since(start)
	if !timer.Stop() {
		<-said
		if err == nil {
			fmt.Fprintf(e.stderr, "zkml: %s: %s\n", what, seconds(took))
		}
	}
	return took, err
}

// A crash is a panic on its way from one goroutine to another.
type crash struct {
	value any
	stack []byte // of the goroutine that panicked
}

// crashed returns what recover returned as a crash.
func crashed(r any) crash {
	if c, ok := r.(crash); ok {
		return c
	}
	return crash{value: r, stack: debug.Stack()}
}
