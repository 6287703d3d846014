// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"encoding/binary"
	"fmt"
	"io"
)

// magic starts the first request. Its last byte is the version of the protocol.
const magic = "zkmlwrk\x01"

const (
	headerSize = 24
	maxBody    = 1 << 16 // bytes of a frame that are neither points nor elements
	maxText    = 1 << 12 // bytes of a text
	maxCount   = 1 << 31 // elements or points of an object
	maxSums    = 2000    // multi-exponentiations of a request: their descriptions fit a body
)

// An op is what a request asks for.
type op uint8

const (
	opHello op = iota + 1
	opG1
	opG2
	opVector
	opSumG1
	opSumG2
	opRead
	opNTT
	opINTT
	opAdd
	opSub
	opMul
	opScale
	opFree
	opClose
	ops
)

// A status is how an answer ends: with what was asked for, or with a text.
type status uint8

const (
	statusOK     status = iota
	statusCaller        // the caller is to blame
	statusMemory        // accel.ErrMemory
	statusFault         // accel.ErrFault
	statuses
)

// A header starts every frame. After it come body bytes that describe, and bulk bytes of
// points or elements, which are 0 if they are in shared memory.
type header struct {
	op     op
	status status
	body   int
	tag    uint64
	bulk   int64
}

func (h header) append(b []byte) []byte {
	b = append(b, byte(h.op), byte(h.status), 0, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(h.body))
	b = binary.LittleEndian.AppendUint64(b, h.tag)
	return binary.LittleEndian.AppendUint64(b, uint64(h.bulk))
}

// readHeader reads a header. At the end of the stream the error is io.EOF.
func readHeader(r io.Reader) (header, error) {
	var b [headerSize]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return header{}, err
	}
	body, bulk := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint64(b[16:])
	h := header{op(b[0]), status(b[1]), int(body), binary.LittleEndian.Uint64(b[8:]), int64(bulk)}
	if h.op == 0 || h.op >= ops || h.status >= statuses || b[2]|b[3] != 0 || body > maxBody || bulk > uint64(maxCount*g2Size) {
		return header{}, fmt.Errorf("a header of % x", b)
	}
	return h, nil
}

// fields reads the numbers of a body in their order. A body that is too short or too long is
// found by end.
type fields struct {
	b   []byte
	bad bool
}

func (f *fields) take(n int) []byte {
	if len(f.b) < n {
		f.bad = true
		f.b = nil
		return make([]byte, n) // n is a constant of the caller
	}
	out := f.b[:n]
	f.b = f.b[n:]
	return out
}

func (f *fields) u8() uint8   { return f.take(1)[0] }
func (f *fields) u32() uint32 { return binary.LittleEndian.Uint32(f.take(4)) }
func (f *fields) u64() uint64 { return binary.LittleEndian.Uint64(f.take(8)) }

// text reads a text that has its length before it.
func (f *fields) text() string {
	n := int(f.u32())
	if n > maxText || n > len(f.b) {
		f.bad = true
		return ""
	}
	return string(f.take(n))
}

// end reports whether the body was what was read of it.
func (f *fields) end() bool { return !f.bad && len(f.b) == 0 }

func appendU64(b []byte, x ...uint64) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	s = s[:min(len(s), maxText)]
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}
