// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/zkml-go/zkml/accel"
)

// Limits are what a child keeps at most. 0 means the default.
type Limits struct {
	Objects int   // points and vectors that are not freed; 2²⁰
	Bytes   int64 // of these, and of a request; 2³⁸
}

func (l Limits) withDefaults() Limits {
	if l.Objects == 0 {
		l.Objects = 1 << 20
	}
	if l.Bytes == 0 {
		l.Bytes = 1 << 38
	}
	return l
}

// errProtocol is wrapped when a request is none.
var errProtocol = errors.New("not a request")

// A Memory is what a child shares with its parent.
type Memory interface {
	// Span returns n bytes of it, at a multiple of eight.
	Span(at uint64, n int) ([]byte, error)
	// Open takes the memory of a size into use.
	Open(size uint64) error
}

// A Copier is a device that may copy points: then it reads the slice that it is given until
// G1 or G2 returns and no longer, and what they take of the shared memory is free again.
type Copier interface{ CopiesPoints() bool }

// Serve answers the requests of a parent with a device that open returns, until it is asked
// to end or the requests do. It closes the device. shared may be nil. An error means that
// the parent does not keep to the protocol, or that no answer can be sent.
func Serve(requests io.Reader, answers io.Writer, shared Memory, limits Limits, open func() (accel.Device, error)) error {
	s := &server{in: bufio.NewReaderSize(requests, 1<<16), out: answers, shared: shared, limits: limits.withDefaults(), objects: map[uint64]object{}}
	err := s.greet(open)
	for err == nil && !s.closed {
		err = s.next()
	}
	s.close()
	if err == io.EOF { // between two requests: the parent has ended
		return nil
	}
	return err
}

// A server is the child's side.
type server struct {
	in     io.Reader
	out    io.Writer
	shared Memory
	limits Limits

	device  accel.Device
	objects map[uint64]object
	bytes   int64  // of all objects
	tag     uint64 // of the last request
	closed  bool
}

// An object is a G1, G2 or Vector of the device.
type object struct {
	of    interface{ Free() }
	bytes int64
}

// greet opens the device.
func (s *server) greet(open func() (accel.Device, error)) error {
	h, f, err := s.request()
	if err != nil {
		return err
	}
	if got := f.take(len(magic)); h.op != opHello || string(got) != magic {
		return fmt.Errorf("%w: it starts with %q, want %q", errProtocol, got, magic)
	}
	size := f.u64()
	if !f.end() || h.bulk != 0 {
		return fmt.Errorf("%w: a greeting of another length", errProtocol)
	}
	if size > 0 {
		if s.shared == nil {
			return fmt.Errorf("%w: no memory is shared", errProtocol)
		}
		if err := s.shared.Open(size); err != nil {
			return fmt.Errorf("share memory: %w", err)
		}
	} else {
		s.shared = nil
	}
	s.device, err = open()
	if err != nil {
		s.closed = true
		return s.refuse(h, err)
	}
	copies := uint64(0)
	if d, ok := s.device.(Copier); ok && d.CopiesPoints() {
		copies = 1
	}
	return s.answer(h, appendU64(appendText(appendText(nil, s.device.String()), s.device.Describe()), copies), nil)
}

// request reads a request but for its bulk.
func (s *server) request() (header, *fields, error) {
	h, err := readHeader(s.in)
	if err == io.ErrUnexpectedEOF {
		return h, nil, fmt.Errorf("%w: half a header", errProtocol)
	}
	if err != nil {
		return h, nil, err
	}
	if h.status != statusOK || h.tag <= s.tag {
		return h, nil, fmt.Errorf("%w: status %d, tag %d after %d", errProtocol, h.status, h.tag, s.tag)
	}
	s.tag = h.tag
	body := make([]byte, h.body)
	if _, err := io.ReadFull(s.in, body); err != nil {
		return h, nil, fmt.Errorf("%w: half a body", errProtocol)
	}
	return h, &fields{b: body}, nil
}

// answer sends what was asked for.
func (s *server) answer(h header, body []byte, bulk []byte) error {
	return write(s.out, header{op: h.op, tag: h.tag, body: len(body), bulk: int64(len(bulk))}, body, bulk)
}

// refuse sends an error of the device.
func (s *server) refuse(h header, err error) error {
	st := statusCaller
	switch {
	case errors.Is(err, accel.ErrMemory):
		st = statusMemory
	case errors.Is(err, accel.ErrFault):
		st = statusFault
	}
	body := appendText(nil, err.Error())
	return write(s.out, header{op: h.op, status: st, tag: h.tag, body: len(body)}, body)
}

// close gives everything back.
func (s *server) close() {
	for _, o := range s.objects {
		o.of.Free()
	}
	s.objects = nil
	if s.device != nil {
		s.device.Close() //nolint:errcheck // nobody is left to tell
	}
	s.device = nil
}

// data returns the n bytes of a request, from the shared memory or, in memory of their own,
// from the stream.
func (s *server) data(h header, at uint64, n int64) ([]byte, error) {
	if n > s.limits.Bytes-s.bytes {
		return nil, fmt.Errorf("%w: %d bytes besides %d, at most %d", errProtocol, n, s.bytes, s.limits.Bytes)
	}
	switch {
	case at != inline && h.bulk == 0 && s.shared != nil:
		return s.shared.Span(at, int(n))
	case at == inline && h.bulk == n:
		return receive(s.in, int(n))
	}
	return nil, fmt.Errorf("%w: %d bytes in the stream, want %d", errProtocol, h.bulk, n)
}

// receive reads n bytes. It allocates no more than twice of what has arrived, or a little.
func receive(r io.Reader, n int) ([]byte, error) {
	b := newBytes(min(n, 1<<20))
	for have := 0; ; {
		if _, err := io.ReadFull(r, b[have:]); err != nil {
			return nil, fmt.Errorf("%w: half the data", errProtocol)
		}
		if have = len(b); have == n {
			return b, nil
		}
		more := newBytes(min(n, 2*have))
		copy(more, b)
		b = more
	}
}

// Main serves a device and ends the process, if the environment says that the process is a
// worker. It is the first thing that a program calls: open gets the name of the device.
func Main(open func(name string) (accel.Device, error)) {
	name, ok := os.LookupEnv(Variable)
	if !ok {
		return
	}
	os.Unsetenv(Variable)
	if err := serveFiles(func() (accel.Device, error) { return open(name) }); err != nil {
		fmt.Fprintf(os.Stderr, "worker: %v\n", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serveFiles serves the parent on the files that it gives a child.
func serveFiles(open func() (accel.Device, error)) error {
	requests, answers := os.NewFile(fdRequests, "requests"), os.NewFile(fdAnswers, "answers")
	for _, f := range []*os.File{requests, answers} {
		if info, err := f.Stat(); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
			return fmt.Errorf("the variable %s is for this program itself: unset it", Variable)
		}
	}
	go func() { // the parent has ended: whatever goes on is for nobody
		io.Copy(io.Discard, os.Stdin) //nolint:errcheck // an error is an end too
		os.Exit(1)
	}()
	return Serve(requests, answers, &mapping{file: os.NewFile(fdShared, "shared memory")}, Limits{}, open)
}
