// SPDX-License-Identifier: Apache-2.0

package npy

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// DecodeZip reads an .npz file: a zip archive of .npy files. limit bounds the
// decompressed size of all arrays together, in bytes.
func DecodeZip(data []byte, limit int64) ([]*Array, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var out []*Array
	names := map[string]bool{}
	for _, f := range z.File {
		name, ok := strings.CutSuffix(f.Name, ".npy")
		if !ok {
			continue
		}
		if names[name] {
			return nil, fmt.Errorf("%w: two arrays are called %q", ErrFormat, name)
		}
		names[name] = true
		body, err := inflate(f, limit)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrFormat, f.Name, err)
		}
		limit -= int64(len(body))
		a, err := Decode(body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		a.Name = name
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: the archive holds no array", ErrFormat)
	}
	return out, nil
}

func inflate(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = fmt.Errorf("more than %d bytes", limit)
	}
	return body, err
}
