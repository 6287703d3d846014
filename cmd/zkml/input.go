// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

// maxInputFile bounds an input file, in bytes.
const maxInputFile = 1 << 30

// readFile reads a file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		// What the file is known to hold is read without a copy.
		data.Grow(int(min(max(info.Size(), 0), limit)) + bytes.MinRead)
	}
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, bad(err)
	}
	if int64(data.Len()) > limit {
		return nil, badf("%s: larger than %d bytes", path, limit)
	}
	return data.Bytes(), nil
}

// inputFormats says for usage lines what an input file may be.
const inputFormats = `Input files are JSON ({"input name": nested arrays}, or one bare array), .npy,
.npz, PNG or JPEG. Unsigned bytes and pixels stand for the declared range of the
input: 0 or black is its low end, 255 or white its high end. Nothing is resized
or clamped: what does not fit is refused.`

// readInput reads one input of p from a file: JSON, .npy, .npz, PNG or JPEG.
func readInput(path string, p *ir.Program) (quant.Sample, error) {
	data, err := readFile(path, maxInputFile)
	if err != nil {
		return nil, err
	}
	var s quant.Sample
	switch strings.ToLower(filepath.Ext(path)) {
	case ".npy", ".npz":
		s, err = sampleFromArrays(data, path, p)
	case ".png", ".jpg", ".jpeg":
		s, err = sampleFromImage(data, p)
	default:
		s, err = sampleFromJSON(data, p)
	}
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	return s, nil
}

// readQuantized reads an input file and quantizes it.
func readQuantized(path string, p *ir.Program) ([][]int64, error) {
	s, err := readInput(path, p)
	if err != nil {
		return nil, err
	}
	out := make([][]int64, len(s))
	for i, id := range p.Inputs {
		if out[i], err = quant.QuantizeInput(p.Input(id), s[i]); err != nil {
			return nil, badf("%s: %w", path, err)
		}
	}
	return out, nil
}

// needInput refuses a command line without an input file.
func needInput(path string) error {
	if path == "" {
		return usageError{fmt.Errorf("no input: give --input FILE")}
	}
	return nil
}
