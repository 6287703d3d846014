// SPDX-License-Identifier: Apache-2.0

package onnxtest

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"
)

// MNIST returns the 10,000 digits of MNIST's t10k files, of 28·28 pixels each, and
// their labels. A pixel of 255 becomes white. See Shared.
func MNIST(t testing.TB, white float64) (images [][]float64, labels []int) {
	t.Helper()
	const dir = "models/petar+GoMNIST/data/"
	read := func(name string, magic uint32) []byte {
		raw, err := os.ReadFile(Shared(t, dir+name))
		if err != nil {
			t.Fatal(err)
		}
		data, err := idx(raw, magic)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return data
	}
	pixels, classes := read("t10k-images-idx3-ubyte.gz", 0x803), read("t10k-labels-idx1-ubyte.gz", 0x801)
	const size = 28 * 28
	if len(pixels) != 10000*size || len(classes) != 10000 {
		t.Fatalf("%d pixels and %d labels", len(pixels), len(classes))
	}
	for i, label := range classes {
		x := make([]float64, size)
		for k := range x {
			x[k] = float64(pixels[i*size+k]) / 255 * white
		}
		images, labels = append(images, x), append(labels, int(label))
	}
	return images, labels
}

// idx reads a gzipped file of MNIST's format: a magic number that ends in the
// number of axes, an extent for each, all 32-bit big-endian, and bytes.
func idx(raw []byte, magic uint32) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	axes := int(magic & 0xff)
	if len(data) < 4+4*axes || binary.BigEndian.Uint32(data) != magic {
		return nil, fmt.Errorf("not an idx file of magic number %#x", magic)
	}
	size := 1
	for i := range axes {
		size *= int(binary.BigEndian.Uint32(data[4+4*i:]))
	}
	if body := data[4+4*axes:]; len(body) == size {
		return body, nil
	}
	return nil, fmt.Errorf("%d bytes, want %d", len(data), 4+4*axes+size)
}

// CIFAR returns 100 images of CIFAR-10, 3·32·32 with channels first, and their
// labels. The file has lines of a label and 32·32·3 bytes; a byte b becomes
// (b/255 − 1/2)·2. See Shared.
func CIFAR(t testing.TB) (images [][]float64, labels []int) {
	t.Helper()
	f, err := os.Open(Shared(t, "models/eth-sri+eran/data/cifar10_test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		x := make([]float64, 3*1024)
		for i := range x {
			b, err := strconv.Atoi(row[1+i])
			if err != nil {
				t.Fatal(err)
			}
			x[i%3*1024+i/3] = (float64(b)/255 - 0.5) / 0.5
		}
		label, err := strconv.Atoi(row[0])
		if err != nil {
			t.Fatal(err)
		}
		images, labels = append(images, x), append(labels, label)
	}
	return images, labels
}
