// SPDX-License-Identifier: Apache-2.0

// Package worker runs a device in a process of its own, so that a library that aborts takes
// nothing with it but the worker.
//
// # Processes
//
// Start runs a command, usually this program again (Self), and returns a device that passes
// everything on to the one that Main serves over there. Of the files of the child, 0 is a
// pipe that never has data and ends when the parent does, 1 and 2 are kept for error
// messages, 3 and 4 carry requests and answers, and 5, where the system has it, is memory
// that both share. The child answers one request after the other, in their order; requests
// have tags, so that any number of goroutines can wait at the same time.
//
// If the child ends, stops answering or answers what was not asked for, it is killed, and
// all calls, those that wait and those to come, get an error that wraps accel.ErrFault with
// the last lines that the child wrote. An error of the device over there keeps its class.
//
// # Limits
//
// Neither side trusts a length or an index of the other. What the parent reads is as long as
// it asked for, texts are cut, points are on their curve and elements are reduced. The child
// keeps no more objects and bytes than Limits, and allocates what arrives, not what is
// announced.
//
// # Cost
//
// Points, vectors and scalars travel through shared memory, without it through the pipes:
// points are copied once and stay in the shared memory as long as the device keeps them,
// scalars are copied once, vectors twice. What is copied is elements as they are in memory:
// both sides are the same program on the same machine. Shared memory that is free keeps 256 MiB
// of its pages for what comes next.
//
// Measured on two cores of a shared AMD EPYC by
//
//	go test -run '^$' -bench Idle -benchtime 100x ./accel/worker
//	go test -run '^$' -bench 'Points|Vector|Start' -benchtime 30x ./accel/worker
//
// the first of sums on a device that does not compute, of which the least is given, the
// second means:
//
//	                                   shared    pipe
//	sum of 2¹⁰ points                  0.01 ms   0.03 ms
//	sum of 2¹⁶ points                  0.1 ms    1.2 ms
//	sum of 2²⁰ points                  1.9 ms    20 ms
//	2²⁰ points there, 64 MiB           23 ms     80 ms
//	2²⁰ elements there and back        37 ms     79 ms    (26 ms without a worker)
//
// Starting a worker and ending it takes 3 to 5 ms. A sum of 2¹⁶ points takes the CPU of that machine
// 0.2 s (-bench MSM): a worker's part of that cannot be measured.
package worker

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/zkml-go/zkml/accel"
)

// Variable is the environment variable that makes a process a worker. Its value is the
// name of a device.
const Variable = "ZKML_DEVICE_WORKER"

// Options are the limits of a worker, seen from the parent. 0 means the default.
type Options struct {
	// Start is how long the child may take to open its device; a minute.
	Start time.Duration
	// Call is how long the child may go without an answer while it is asked something; ten
	// minutes. Package guard sets tighter limits, which know what is asked.
	Call time.Duration
	// Grace is how long Close waits for the child to close its device; three seconds.
	Grace time.Duration
	// Pipe sends everything through the pipes, even where memory can be shared.
	Pipe bool
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		of *time.Duration
		to time.Duration
	}{{&o.Start, time.Minute}, {&o.Call, 10 * time.Minute}, {&o.Grace, 3 * time.Second}} {
		if *d.of == 0 {
			*d.of = d.to
		}
	}
	return o
}

// Self returns the command that runs this program as the worker of a device. The program
// calls Main before it looks at anything else.
func Self(device string) (*exec.Cmd, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	cmd := exec.Command(path)
	cmd.Env = append(os.Environ(), Variable+"="+device)
	return cmd, nil
}

// Start runs a command whose process calls Main, and returns the device of that process. It
// sets the files and the process attributes of the command. When ctx ends, so does the
// worker, and calls return the error of the context.
func Start(ctx context.Context, cmd *exec.Cmd, o Options) (accel.Device, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	var shared *arena
	if !o.Pipe {
		shared = newArena() // nil where it cannot be had
	}
	p, err := start(cmd, shared)
	if err != nil {
		shared.close()
		return nil, fmt.Errorf("%w: start a worker: %w", accel.ErrFault, err)
	}
	c := newClient(p.requests, p.answers, shared, p)
	c.limit.Store(int64(o.Start))
	stop := context.AfterFunc(ctx, func() { c.fail(ctx.Err()) })
	d := &device{client: c, grace: o.Grace, stop: stop}
	if err := d.hello(); err != nil {
		d.Close()
		return nil, err
	}
	c.limit.Store(int64(o.Call))
	return d, nil
}
