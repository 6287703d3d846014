// SPDX-License-Identifier: Apache-2.0

package npy_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/tensor"
)

type member struct {
	name string
	data []byte
}

// archive zips members, as numpy.savez (store) or savez_compressed.
func archive(t testing.TB, method uint16, members ...member) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: method})
		if err == nil {
			_, err = f.Write(m.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// array is an .npy file of bytes.
func array(data ...byte) []byte {
	s := tensor.Shape{len(data)}
	return file(1, header("|u1", strings.NewReplacer("[", "(", "]", ",)").Replace(s.String())), data)
}

func TestDecodeZip(t *testing.T) {
	t.Parallel()
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		data := archive(t, method, member{"b.npy", array(1, 2)}, member{"readme.txt", []byte("skip me")}, member{"dir/a.npy", array(3)})
		got, err := npy.DecodeZip(data, 1000)
		if err != nil {
			t.Fatal(err)
		}
		want := []*npy.Array{
			{Name: "b", Shape: tensor.Shape{2}, Data: []float64{1, 2}, Bytes: true},
			{Name: "dir/a", Shape: tensor.Shape{1}, Data: []float64{3}, Bytes: true},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("method %d (-want +got):\n%s", method, diff)
		}
	}
}

// TestDecodeZipOfNumPy reads an archive that NumPy wrote.
func TestDecodeZipOfNumPy(t *testing.T) {
	t.Parallel()
	got, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != "images" || !got[0].Shape.Equal(tensor.Shape{200, 1, 28, 28}) || !got[0].Bytes ||
		got[1].Name != "labels" || !got[1].Shape.Equal(tensor.Shape{200}) || got[1].Bytes {
		t.Fatalf("arrays %+v", got)
	}
	count := [10]int{}
	for _, label := range got[1].Data {
		count[int(label)]++
	}
	if count != [10]int{20, 20, 20, 20, 20, 20, 20, 20, 20, 20} {
		t.Errorf("labels %v, want twenty of each", count)
	}
}

// bomb is a small archive of an array of size bytes.
func bomb(t testing.TB, size int) []byte {
	return archive(t, zip.Deflate, member{"x.npy", array(make([]byte, size)...)})
}

func TestDecodeZipRefuses(t *testing.T) {
	t.Parallel()
	good := archive(t, zip.Deflate, member{"a.npy", array(1, 2)})
	two := archive(t, zip.Store, member{"a.npy", array(1)}, member{"b.npy", array(2)})
	corrupt := bytes.Replace(two, []byte{'\n', 2}, []byte{'\n', 3}, 1)
	if bytes.Equal(corrupt, two) {
		t.Fatal("nothing was corrupted")
	}
	explosive := bomb(t, 1<<22)
	if len(explosive) > 1<<13 {
		t.Fatalf("the bomb has %d bytes", len(explosive))
	}
	for name, c := range map[string]struct {
		data  []byte
		limit int64
		says  string
	}{
		"nothing":            {nil, 1000, "zip"},
		"another file":       {array(1, 2), 1000, "zip"},
		"truncated":          {good[:len(good)-5], 1000, "zip"},
		"no arrays":          {archive(t, zip.Store, member{"a.txt", nil}), 1000, "no array"},
		"an array is bad":    {archive(t, zip.Store, member{"a.npy", array(1)}, member{"b.npy", []byte("junk")}), 1000, "b.npy"},
		"two of one name":    {archive(t, zip.Store, member{"a.npy", array(1)}, member{"a.npy", array(2)}), 1000, "two arrays are called \"a\""},
		"checksum":           {corrupt, 1000, "b.npy: zip: checksum error"},
		"bomb":               {explosive, 1 << 20, "x.npy: more than 1048576 bytes"},
		"more than together": {two, 150, "b.npy: more than 21 bytes"}, // 129 + 129
		"no room":            {good, 0, "more than 0 bytes"},
	} {
		_, err := npy.DecodeZip(c.data, c.limit)
		if !errors.Is(err, npy.ErrFormat) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want ErrFormat and %q", name, err, c.says)
		}
	}
	if _, err := npy.DecodeZip(two, 2*129); err != nil {
		t.Errorf("an archive as large as the limit: %v", err)
	}
}

// TestDecodeZipDoesNotTrustSizes: an archive that claims a small member and
// inflates to a large one is cut off at the limit, not at the claim.
func TestDecodeZipDoesNotTrustSizes(t *testing.T) {
	t.Parallel()
	var deflated, buf bytes.Buffer
	d, err := flate.NewWriter(&deflated, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(d, io.LimitReader(zeros{}, 1<<24)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(&buf)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "x.npy", Method: zip.Deflate, UncompressedSize64: 10, CompressedSize64: uint64(deflated.Len())})
	if err == nil {
		_, err = f.Write(deflated.Bytes())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := npy.DecodeZip(buf.Bytes(), 1<<16); !errors.Is(err, npy.ErrFormat) {
		t.Errorf("error %v, want ErrFormat", err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }
