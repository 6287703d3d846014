// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/zkml-go/zkml/accel"
)

// A peer is what answers.
type peer interface {
	// kill ends it and waits for that.
	kill()
	// close closes the parent's ends of what connects them.
	close()
	// epitaph says how it ended.
	epitaph() string
}

// A client asks and sorts the answers. Its methods are safe for concurrent use.
type client struct {
	peer   peer
	shared *arena       // nil: everything goes through the pipes
	limit  atomic.Int64 // a time.Duration, for an answer

	writing  sync.Mutex
	requests io.Writer

	mu      sync.Mutex
	tag     uint64
	pending map[uint64]*call
	watch   *time.Timer // runs while something is pending
	since   time.Time   // when the child last answered, or was asked first
	failed  bool        // the client ends
	cause   error       // because of this, or because the child has ended
	dead    error       // what calls get once it has ended

	ended chan struct{}
}

// A call is a request that waits for its answer.
type call struct {
	op   op
	body []byte    // of the answer
	into []byte    // what the answer has as bulk fills it
	then func()    // runs when it is answered
	done chan bool // has a value when it is answered
	err  error
}

func newClient(requests io.Writer, answers io.Reader, shared *arena, p peer) *client {
	c := &client{peer: p, shared: shared, requests: requests, pending: map[uint64]*call{}, ended: make(chan struct{})}
	c.watch = time.AfterFunc(time.Hour, c.overdue)
	c.watch.Stop()
	go c.read(bufio.NewReaderSize(answers, 1<<16))
	return c
}

// ask sends a request and waits for the answer, whose bulk fills into. It returns the tag,
// which is the handle of what the request made, and the body of the answer.
func (c *client) ask(op op, body []byte, bulk [][]byte, into []byte) (tag uint64, answer []byte, err error) {
	k := &call{op: op, into: into}
	tag, err = c.send(k, body, bulk)
	if err != nil {
		return 0, nil, err
	}
	<-k.done
	return tag, k.body, k.err
}

// send sends a request.
func (c *client) send(k *call, body []byte, bulk [][]byte) (uint64, error) {
	k.done = make(chan bool, 1)
	h := header{op: k.op, body: len(body)}
	for _, b := range bulk {
		h.bulk += int64(len(b))
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	if c.dead != nil {
		defer c.mu.Unlock()
		return 0, c.dead
	}
	c.tag++
	h.tag = c.tag
	if len(c.pending) == 0 {
		c.since = time.Now()
		c.watch.Reset(time.Duration(c.limit.Load()))
	}
	c.pending[h.tag] = k
	c.mu.Unlock()
	err := write(c.requests, h, body, bulk...)
	switch {
	case errors.Is(err, syscall.EPIPE), errors.Is(err, os.ErrClosed):
		c.fail(nil)
	case err != nil:
		c.fail(fmt.Errorf("a request could not be sent: %w", err))
	}
	return h.tag, nil // whether it was sent or not, the reader answers the call
}

// write writes a frame.
func write(w io.Writer, h header, body []byte, bulk ...[]byte) error {
	if _, err := w.Write(append(h.append(make([]byte, 0, headerSize+len(body))), body...)); err != nil {
		return err
	}
	for _, b := range bulk {
		if len(b) == 0 {
			continue
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// read answers calls until there are no more answers, and then all that are left.
func (c *client) read(r io.Reader) {
	var err error
	for err == nil {
		err = c.next(r)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	c.fail(err)
	c.shared.close()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = c.obituary()
	c.watch.Stop()
	for tag, k := range c.pending {
		k.err = c.dead
		c.finish(tag, k)
	}
	close(c.ended)
}

// errClosed is the cause when the caller ends the client.
var errClosed = errors.New("the device is closed")

// obituary is what calls get once the client has ended. What the caller wanted, by Close or
// by ending a context, is no fault of the device.
func (c *client) obituary() error {
	switch {
	case errors.Is(c.cause, errClosed), errors.Is(c.cause, context.Canceled), errors.Is(c.cause, context.DeadlineExceeded):
		return c.cause
	case c.cause != nil:
		return fmt.Errorf("%w: its worker was ended, %w (%s)", accel.ErrFault, c.cause, c.peer.epitaph())
	}
	return fmt.Errorf("%w: its worker ended, %s", accel.ErrFault, c.peer.epitaph())
}

// next reads one answer.
func (c *client) next(r io.Reader) error {
	h, err := readHeader(r)
	if err != nil {
		return err
	}
	c.mu.Lock()
	k := c.pending[h.tag]
	c.mu.Unlock()
	if k == nil || k.op != h.op {
		return fmt.Errorf("an answer to what was not asked: op %d, tag %d", h.op, h.tag)
	}
	want := int64(len(k.into))
	if h.status != statusOK {
		want = 0
	}
	if h.bulk != want || h.body > 0 && h.status == statusOK && h.op != opHello {
		return fmt.Errorf("an answer of %d and %d bytes, want %d", h.body, h.bulk, want)
	}
	body := make([]byte, h.body)
	if _, err := io.ReadFull(r, body); err != nil {
		return err
	}
	if h.status != statusOK {
		f := fields{b: body}
		text := f.text()
		if !f.end() {
			return errors.New("an error without a text")
		}
		k.err = &remoteError{h.status, printable(text)}
	} else {
		k.body = body
		if _, err := io.ReadFull(r, k.into); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.since = time.Now()
	c.finish(h.tag, k)
	if k.op == opClose {
		return errClosed
	}
	if len(c.pending) > 0 {
		c.watch.Reset(time.Duration(c.limit.Load()))
	} else {
		c.watch.Stop()
	}
	return nil
}

// finish gives a call its answer.
func (c *client) finish(tag uint64, k *call) {
	delete(c.pending, tag)
	if k.then != nil {
		k.then()
	}
	k.done <- true
}

// overdue ends the client if the child has not answered for too long.
func (c *client) overdue() {
	c.mu.Lock()
	limit := time.Duration(c.limit.Load())
	left := limit - time.Since(c.since)
	waiting := len(c.pending) > 0
	if waiting && left > 0 {
		c.watch.Reset(left)
	}
	c.mu.Unlock()
	if waiting && left <= 0 {
		c.fail(fmt.Errorf("it did not answer within %v", limit))
	}
}

// fail ends the client: the first cause is the one that calls get; nil is that the child has
// ended by itself.
func (c *client) fail(cause error) {
	c.mu.Lock()
	if !c.failed {
		c.failed, c.cause = true, cause
	}
	c.mu.Unlock()
	c.peer.kill()
	c.peer.close() // so that the reader ends
}

// A remoteError is one that the device over there has returned.
type remoteError struct {
	status status
	text   string
}

func (e *remoteError) Error() string { return e.text }

func (e *remoteError) Unwrap() error {
	switch e.status {
	case statusMemory:
		return accel.ErrMemory
	case statusFault:
		return accel.ErrFault
	}
	return nil
}
