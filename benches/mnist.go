// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// testDigits is the number of MNIST's t10k digits that no training has seen: the
// last ones (examples/README.md).
const testDigits = 2000

// writeMNIST writes the held-out digits of the t10k files in dir as an .npz with
// the arrays image and labels.
func writeMNIST(path, dir string) error {
	images, err := readIDX(filepath.Join(dir, "t10k-images-idx3-ubyte.gz"), 16, 784)
	if err != nil {
		return err
	}
	labels, err := readIDX(filepath.Join(dir, "t10k-labels-idx1-ubyte.gz"), 8, 1)
	if err != nil {
		return err
	}
	data, err := archive(map[string][]byte{
		"image": images[len(images)-testDigits*784:], "labels": labels[len(labels)-testDigits:]}, 784)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// archive returns an .npz of images, size bytes each, and of labels.
func archive(arrays map[string][]byte, size int) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	err := errors.Join(
		array(z, "image", fmt.Sprintf("%d, %d", len(arrays["image"])/size, size), arrays["image"]),
		array(z, "labels", fmt.Sprintf("%d,", len(arrays["labels"])), arrays["labels"]),
		z.Close())
	return out.Bytes(), err
}

// readIDX reads a gzipped IDX file of bytes: a header, then elements of the given
// size, whose number the header holds at byte 4.
func readIDX(path string, headerBytes, size int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	data, err := io.ReadAll(io.LimitReader(z, 1<<26))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(data) < headerBytes || len(data)-headerBytes != size*int(binary.BigEndian.Uint32(data[4:])) || len(data)-headerBytes < testDigits*size {
		return nil, fmt.Errorf("%s: not the IDX file it should be", path)
	}
	return data[headerBytes:], nil
}

// array writes unsigned bytes as an .npy member.
func array(z *zip.Writer, name, shape string, data []byte) error {
	w, err := z.Create(name + ".npy")
	if err != nil {
		return err
	}
	h := fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }", shape)
	h = fmt.Sprintf("%-117s\n", h)
	_, err = w.Write(append(append([]byte("\x93NUMPY\x01\x00"), byte(len(h)), 0), append([]byte(h), data...)...))
	return err
}
