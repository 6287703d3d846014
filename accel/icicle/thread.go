// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"runtime"
	"sync"
)

// errClosed is returned for what is asked of a closed device.
var errClosed = errors.New("icicle: the device is closed")

// A thread is an OS thread that does one job after the other. ICICLE's device is that of
// the thread that chose it.
type thread struct {
	jobs chan job
	quit chan struct{}
	once sync.Once
}

type job struct {
	do   func() error
	done chan error
}

// start returns a new thread. It holds the lock while it works.
func start(lock sync.Locker) *thread {
	t := &thread{jobs: make(chan job), quit: make(chan struct{})}
	go t.run(lock)
	return t
}

func (t *thread) run(lock sync.Locker) {
	// Never unlocked: the thread ends with the goroutine, and its device is nobody else's.
	runtime.LockOSThread()
	for {
		select {
		case j := <-t.jobs:
			lock.Lock()
			err := j.do()
			lock.Unlock()
			j.done <- err
		case <-t.quit:
			return
		}
	}
}

// do runs a job on the thread and returns what it returns.
func (t *thread) do(work func() error) error {
	select {
	case <-t.quit:
		return errClosed
	default:
	}
	j := job{work, make(chan error, 1)}
	select {
	case t.jobs <- j:
		return <-j.done
	case <-t.quit:
		return errClosed
	}
}

func (t *thread) stop() { t.once.Do(func() { close(t.quit) }) }
