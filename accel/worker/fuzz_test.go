// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// conversation asks a client for one of everything, sequentially, and returns the errors.
func conversation(c *client) (errs []error) {
	d := &device{client: c, grace: time.Minute, stop: func() bool { return true }}
	note := func(err error) bool {
		errs = append(errs, err)
		return err == nil
	}
	note(d.hello())
	_, _, p1, p2 := curve.Generators()
	x := []fr.Element{fr.NewElement(3), fr.NewElement(5)}
	p, err := d.G1([]curve.G1Affine{p1, p1})
	q, err2 := d.G2([]curve.G2Affine{p2, p2})
	v, err3 := d.Vector(x)
	if note(err) && note(err2) && note(err3) {
		sums, err := p.MSM(0, accel.Elements(x), accel.Ints[int8]{-1}, v)
		for i := range sums {
			if err == nil && !validG1(&sums[i]) {
				panic("a sum that is no point")
			}
		}
		note(err)
		_, err = q.MSM(1, accel.Ints[int64]{1 << 40})
		note(err)
		note(v.NTT(accel.Form{Coset: true}))
		note(v.INTT(accel.Form{Coset: true, Shuffled: true}))
		note(v.Add(v))
		note(v.Sub(v))
		note(v.Mul(v))
		note(v.Scale(&x[0]))
		err = v.Read(x)
		for i := range x {
			if err == nil && !reduced(x[i], &scalarField) {
				panic("an element that is not reduced")
			}
		}
		note(err)
		v.Free()
		p.Free()
	}
	note(d.Close())
	return errs
}

// A shade is a peer that is no process.
type shade struct {
	closers []io.Closer
	once    sync.Once
}

func (s *shade) kill() {}
func (s *shade) close() {
	s.once.Do(func() {
		for _, c := range s.closers {
			c.Close()
		}
	})
}
func (s *shade) epitaph() string { return "a shade" }

// record returns the requests and the answers of a conversation with the CPU.
func record(t testing.TB) (requests, answers []byte) {
	var asked, answered bytes.Buffer
	toChild, fromParent := io.Pipe()
	toParent, fromChild := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- Serve(io.TeeReader(toChild, &asked), io.MultiWriter(fromChild, &answered), nil, Limits{}, openCPU)
		fromChild.Close()
	}()
	c := newClient(fromParent, toParent, nil, &shade{closers: []io.Closer{fromParent, toParent}})
	c.limit.Store(int64(time.Minute))
	for i, err := range conversation(c) {
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	if err := <-served; err != nil {
		t.Fatalf("the child: %v", err)
	}
	return asked.Bytes(), answered.Bytes()
}

func openCPU() (accel.Device, error) { return cpu.Device{}, nil }

// field is a shared memory of a few bytes.
type field []byte

func (f field) Open(uint64) error { return nil }

func (f field) Span(at uint64, n int) ([]byte, error) {
	if n > len(f) || at > uint64(len(f)-n) || at%8 != 0 {
		return nil, errProtocol
	}
	return f[at:][:n:n], nil
}

// A ledger is the CPU, and how many bytes it was handed at once.
type ledger struct {
	cpu.Device
	bytes *int
}

func (l ledger) Vector(x []fr.Element) (accel.Vector, error) {
	*l.bytes = max(*l.bytes, len(x)*elementSize)
	return l.Device.Vector(x)
}

func (l ledger) G1(x []curve.G1Affine) (accel.G1, error) {
	*l.bytes = max(*l.bytes, len(x)*g1Size)
	return l.Device.G1(x)
}

// FuzzServe has the child read any requests. It answers or gives up; it hands the device no
// more than arrived.
func FuzzServe(f *testing.F) {
	requests, _ := record(f)
	f.Add(requests)
	shared := bytes.Clone(requests)
	binary.LittleEndian.PutUint64(shared[headerSize+len(magic):], 1) // there is shared memory
	f.Add(shared)
	for cut := headerSize; cut < len(requests); cut += 211 {
		f.Add(requests[:cut])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		memory := field(newBytes(1 << 10))
		most := 0
		err := Serve(bytes.NewReader(data), io.Discard, memory, Limits{Objects: 8, Bytes: 1 << 16}, func() (accel.Device, error) {
			return ledger{cpu.Device{}, &most}, nil
		})
		if err != nil && !errors.Is(err, errProtocol) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && most == 0 {
			t.Logf("it gave up: %v", err)
		}
		if most > max(len(data), len(memory)) {
			t.Errorf("an object of %d bytes from %d", most, len(data))
		}
	})
}

// FuzzAnswers has the parent read any answers to a conversation: what it gets without an
// error is well formed, and it ends.
func FuzzAnswers(f *testing.F) {
	_, answers := record(f)
	f.Add(answers)
	for cut := 0; cut < len(answers); cut += 97 {
		f.Add(answers[:cut])
		flipped := bytes.Clone(answers)
		flipped[cut] ^= 0x81
		f.Add(flipped)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g := &gate{data: data, open: make(chan bool, 64)}
		c := newClient(g, g, nil, &shade{closers: []io.Closer{g}})
		c.limit.Store(int64(time.Minute))
		done := make(chan []error)
		go func() { done <- conversation(c) }()
		select {
		case errs := <-done:
			if !bytes.Equal(data, answers) {
				return
			}
			for i, err := range errs {
				if err != nil {
					t.Errorf("step %d: %v", i, err)
				}
			}
		case <-time.After(30 * time.Second):
			t.Error("it does not end")
		}
	})
}

// A gate lets one answer through for each request.
type gate struct {
	data []byte
	left int // of the answer that is going through
	open chan bool
	shut sync.Once
}

func (g *gate) Write(p []byte) (int, error) {
	if len(p) >= headerSize && op(p[0]) > 0 && op(p[0]) < ops && p[2] == 0 && p[3] == 0 { // no bulk of the conversation looks like this
		defer func() { recover() }() // shut
		g.open <- true
	}
	return len(p), nil
}

func (g *gate) Read(p []byte) (int, error) {
	for g.left == 0 {
		if len(g.data) == 0 {
			return 0, io.EOF
		}
		if _, ok := <-g.open; !ok {
			return 0, io.EOF
		}
		g.left = len(g.data)
		if len(g.data) >= headerSize {
			body, bulk := binary.LittleEndian.Uint32(g.data[4:]), binary.LittleEndian.Uint64(g.data[16:])
			g.left = int(min(uint64(len(g.data)), headerSize+uint64(body)+min(bulk, 1<<30)))
		}
	}
	n := copy(p, g.data[:g.left])
	g.data, g.left = g.data[n:], g.left-n
	return n, nil
}

func (g *gate) Close() error {
	g.shut.Do(func() { close(g.open) })
	return nil
}

// TestExtents allocates and frees at random: parts in use never overlap, and what is free
// is found again.
func TestExtents(t *testing.T) {
	t.Parallel()
	const size = 64 * grain
	e := extents{max: size}
	used := map[int64]extent{}
	total := int64(0)
	seed := uint64(1)
	random := func(n uint64) int64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int64(seed >> 33 % n)
	}
	for i := range 20000 {
		if x, ok := e.get(1 + random(5*grain)); ok {
			for _, y := range used {
				if x.from < y.from+y.n && y.from < x.from+x.n {
					t.Fatalf("step %d: %v overlaps %v", i, x, y)
				}
			}
			if x.from%grain != 0 || x.n%grain != 0 || x.from+x.n > size {
				t.Fatalf("step %d: extent %v", i, x)
			}
			x.resident = random(2) == 0
			used[x.from] = x
			total += x.n
		}
		for total > 0 && random(3) > 0 {
			for k, x := range used {
				e.put(x)
				total -= x.n
				delete(used, k)
				break
			}
		}
	}
	for _, x := range used {
		e.put(extent{x.from, x.n, true})
	}
	free := int64(0)
	for _, x := range e.free {
		free += x.n
	}
	if free != e.end {
		t.Errorf("%d bytes are free, want %d", free, e.end)
	}
	for _, n := range []int64{size + 1, 1 << 62} {
		if x, ok := e.get(n); ok {
			t.Errorf("%d bytes: %v", n, x)
		}
	}
}

// TestTail keeps what people need of a crash.
func TestTail(t *testing.T) {
	t.Parallel()
	var w tail
	for i := range 100 {
		fmt.Fprintf(&w, "line %d\n\n", i)
	}
	w.Write([]byte("terminate \x1b[2Jcalled"))                          //nolint:errcheck // never fails
	w.Write([]byte(" after\n" + string(make([]byte, 1000)) + "\nlast")) //nolint:errcheck // never fails
	want := "line 97; line 98; line 99; terminate ?[2Jcalled after; " + string(bytes.Repeat([]byte("?"), lineBytes)) + "; last"
	if got := w.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	io.WriteString(&w, "SIGABRT: abort\nPC=0x47 m=0\nrax 0x0\n\ngoroutine 1 [running]:\nmain.main()\n") //nolint:errcheck // never fails
	if got := w.String(); got != want[len("line 97; "):]+"; SIGABRT: abort" {
		t.Errorf("%q", got)
	}
}
