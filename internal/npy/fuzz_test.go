// SPDX-License-Identifier: Apache-2.0

package npy_test

import (
	"archive/zip"
	"errors"
	"testing"

	"github.com/zkml-go/zkml/internal/npy"
)

// sound reports what is wrong with an array that was read from size bytes.
func sound(a *npy.Array, size int64) string {
	if a.Shape.Check() != nil || len(a.Data) != a.Shape.Size() {
		return "the shape does not fit the elements"
	}
	if int64(len(a.Data)) > size {
		return "more elements than bytes"
	}
	return ""
}

// FuzzDecode: no input panics or yields more than it holds.
func FuzzDecode(f *testing.F) {
	for _, descr := range []string{"|u1", "|b1", "<i2", "<f4", "<f8", ">f4"} {
		for version := byte(1); version <= 3; version++ {
			f.Add(file(version, header(descr, "(2, 2)"), make([]byte, 16)))
		}
	}
	f.Add(file(1, header("|u1", "()"), []byte{7}))
	f.Add(file(1, header("|u1", "(2147483647, 2147483647)"), nil))
	f.Add([]byte("\x93NUMPY\x02\x00\xff\xff\xff\xff"))
	f.Add([]byte("\x93NUMPY\x01\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := npy.Decode(data)
		if err != nil {
			if !errors.Is(err, npy.ErrFormat) {
				t.Errorf("error %v is not ErrFormat", err)
			}
			return
		}
		if s := sound(a, int64(len(data))); s != "" {
			t.Error(s)
		}
	})
}

// FuzzDecodeZip: the same for archives, within the limit.
func FuzzDecodeZip(f *testing.F) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		f.Add(archive(f, method, member{"a.npy", array(1, 2)}, member{"b.npy", array(3)}))
	}
	f.Add(archive(f, zip.Store, member{"a.npy", nil}))
	f.Add(bomb(f, 1<<16))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const limit = 1 << 14
		arrays, err := npy.DecodeZip(data, limit)
		if err != nil {
			if !errors.Is(err, npy.ErrFormat) {
				t.Errorf("error %v is not ErrFormat", err)
			}
			return
		}
		for _, a := range arrays {
			if s := sound(a, limit); s != "" {
				t.Error(s)
			}
		}
	})
}
