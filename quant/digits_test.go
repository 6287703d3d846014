// SPDX-License-Identifier: Apache-2.0

package quant_test

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

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/quant"
)

// A dataset is a list of labeled inputs.
type dataset struct {
	samples []quant.Sample
	labels  []int
}

// from returns the samples from … to−1.
func (d dataset) from(from, to int) dataset { return dataset{d.samples[from:to], d.labels[from:to]} }

// every returns count samples spread over d.
func (d dataset) every(count int) []quant.Sample {
	out := make([]quant.Sample, count)
	for i := range out {
		out[i] = d.samples[i*len(d.samples)/count]
	}
	return out
}

// mnist reads the 10,000 digits of MNIST's t10k files. A pixel of 255 becomes
// white. The test is skipped if the files are not there.
func mnist(t testing.TB, white float64) dataset {
	t.Helper()
	const dir = "models/petar+GoMNIST/data/"
	read := func(name string, magic uint32) []byte {
		raw, err := os.ReadFile(onnxtest.Shared(t, dir+name))
		if err != nil {
			t.Fatal(err)
		}
		data, err := idx(raw, magic)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return data
	}
	pixels, labels := read("t10k-images-idx3-ubyte.gz", 0x803), read("t10k-labels-idx1-ubyte.gz", 0x801)
	const size = 28 * 28
	if len(pixels) != 10000*size || len(labels) != 10000 {
		t.Fatalf("%d pixels and %d labels", len(pixels), len(labels))
	}
	var d dataset
	for i, label := range labels {
		x := make([]float64, size)
		for k := range x {
			x[k] = float64(pixels[i*size+k]) / 255 * white
		}
		d.samples, d.labels = append(d.samples, quant.Sample{x}), append(d.labels, int(label))
	}
	return d
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

// cifar reads 100 images of CIFAR-10 from lines of a label and 32·32·3 bytes, and
// reorders them to channels first. A byte b becomes (b/255 − 1/2)·2.
func cifar(t testing.TB) dataset {
	t.Helper()
	f, err := os.Open(onnxtest.Shared(t, "models/eth-sri+eran/data/cifar10_test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var d dataset
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
		d.samples, d.labels = append(d.samples, quant.Sample{x}), append(d.labels, label)
	}
	return d
}
