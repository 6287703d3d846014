// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// Files of the child.
const (
	fdRequests = 3 + iota
	fdAnswers
	fdShared
)

// reaping is how long the parent waits for a child that was killed. One that a driver holds
// can take longer, and is reaped whenever it ends.
const reaping = 5 * time.Second

// A process is the child, seen from the parent.
type process struct {
	cmd      *exec.Cmd
	tail     *tail
	requests *os.File // to the child
	answers  *os.File // from it
	lifeline *os.File // its standard input, of which it sees the end
	ended    chan struct{}
	state    string // how it ended
}

// start starts a child.
func start(cmd *exec.Cmd, shared *arena) (*process, error) {
	var err error
	pipe := func() (r, w *os.File) {
		if err == nil {
			r, w, err = os.Pipe()
		}
		return r, w
	}
	stdin, lifeline := pipe()
	in, requests := pipe()
	answers, out := pipe()
	p := &process{cmd: cmd, tail: new(tail), requests: requests, answers: answers, lifeline: lifeline, ended: make(chan struct{})}
	if err == nil {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, p.tail, p.tail
		cmd.ExtraFiles = []*os.File{in, out}
		if shared != nil {
			cmd.ExtraFiles = append(cmd.ExtraFiles, shared.file)
		}
		cmd.WaitDelay = time.Second
		cmd.SysProcAttr = attributes()
		started := make(chan error, 1)
		go p.run(started)
		err = <-started
	}
	for _, f := range []*os.File{stdin, in, out} {
		f.Close() // the child has them, or nobody
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// run starts the child and waits for its end, on one thread: a child whose parent's death is
// a signal gets it when the thread ends that has started it.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := p.cmd.Start(); err != nil {
		started <- err
		return
	}
	started <- nil
	err := p.cmd.Wait()
	p.state = fmt.Sprint(p.cmd.ProcessState)
	if err != nil && !errors.As(err, new(*exec.ExitError)) && !errors.Is(err, exec.ErrWaitDelay) {
		p.state = err.Error()
	}
	close(p.ended)
}

// kill ends the child, and waits until it is gone.
func (p *process) kill() {
	p.cmd.Process.Kill() //nolint:errcheck // it may have ended
	select {
	case <-p.ended:
	case <-time.After(reaping):
	}
}

// close closes the parent's files.
func (p *process) close() {
	for _, f := range []*os.File{p.requests, p.answers, p.lifeline} {
		f.Close()
	}
}

// epitaph says how the child ended and what it wrote last.
func (p *process) epitaph() string {
	select {
	case <-p.ended:
	default:
		return "it does not end"
	}
	if said := p.tail.String(); said != "" {
		return p.state + ": " + said
	}
	return p.state
}
