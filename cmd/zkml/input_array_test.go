// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// npyData returns an .npy file.
func npyData(t testing.TB, typ, extents, values string) []byte {
	t.Helper()
	data, err := npyFile(typ, extents, strings.Split(values, ","))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// zipped returns a zip archive of files in the order of names.
func zipped(t testing.TB, files map[string][]byte, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestArrayShapes says which shapes stand for which.
func TestArrayShapes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		array, input tensor.Shape
		same         bool
	}{
		{tensor.Shape{1, 1, 2, 3}, tensor.Shape{1, 1, 2, 3}, true},
		{tensor.Shape{2, 3}, tensor.Shape{1, 1, 2, 3}, true},
		{tensor.Shape{2, 3, 1}, tensor.Shape{1, 1, 2, 3}, true},
		{tensor.Shape{6}, tensor.Shape{1, 1, 2, 3}, true},
		{tensor.Shape{1, 6}, tensor.Shape{1, 1, 2, 3}, true},
		{tensor.Shape{3, 2}, tensor.Shape{1, 1, 2, 3}, false},
		{tensor.Shape{2, 2, 3}, tensor.Shape{1, 3, 2, 2}, false},
		{tensor.Shape{12}, tensor.Shape{1, 1, 2, 3}, false},
		{tensor.Shape{2, 3, 2}, tensor.Shape{1, 1, 2, 3}, false},
		{tensor.Shape{2, 3}, tensor.Shape{6}, false},
		{tensor.Shape{}, tensor.Shape{1, 1}, true},
		{tensor.Shape{1}, tensor.Shape{}, true},
		{tensor.Shape{2}, tensor.Shape{}, false},
		{tensor.Shape{}, tensor.Shape{2}, false},
	} {
		if got := sameElements(c.array, c.input); got != c.same {
			t.Errorf("an array of shape %v for an input of shape %v: %t", c.array, c.input, got)
		}
	}
}

func TestSampleFromArrays(t *testing.T) {
	t.Parallel()
	one, two := program(t, tensor.Shape{1, 4}), program(t, tensor.Shape{2}, tensor.Shape{2})
	floats := npyData(t, "f4", "4", "0,0.25,0.5,1")
	files := map[string][]byte{
		"a.npy": npyData(t, "f4", "2", "0,1"), "b.npy": npyData(t, "u1", "1,2", "0,255"), "c.npy": floats,
		"labels.npy": npyData(t, "i8", "1", "3"), "note.txt": []byte("not an array"),
	}
	for name, c := range map[string]struct {
		p    *ir.Program
		data []byte
		path string
		want quant.Sample
	}{
		"npy":            {one, floats, "x.npy", quant.Sample{{0, 0.25, 0.5, 1}}},
		"bytes":          {one, npyData(t, "u1", "1,4", "0,51,102,255"), "x.NPY", quant.Sample{{0, 0.2, 0.4, 1}}},
		"only array":     {one, zipped(t, files, "c.npy"), "x.npz", quant.Sample{{0, 0.25, 0.5, 1}}},
		"but for labels": {one, zipped(t, files, "labels.npy", "c.npy", "note.txt"), "x.npz", quant.Sample{{0, 0.25, 0.5, 1}}},
		"by name":        {two, zipped(t, files, "b.npy", "c.npy", "a.npy"), "x.NPZ", quant.Sample{{0, 1}, {0, 1}}},
	} {
		got, err := sampleFromArrays(c.data, c.path, c.p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	for name, c := range map[string]struct {
		p    *ir.Program
		data []byte
		path string
		want string
	}{
		"another shape":  {one, npyData(t, "f4", "2,2", "0"), "x.npy", `array "" has shape [2,2], input "a" has [1,4]`},
		"npz as npy":     {one, zipped(t, files, "c.npy"), "x.npy", "no NumPy signature"},
		"npy as npz":     {one, floats, "x.npz", "zip"},
		"one too few":    {two, zipped(t, files, "a.npy", "c.npy"), "x.npz", `no array named "b", the file has "a", "c"`},
		"not named":      {two, floats, "x.npy", `no array named "a", the file has ""`},
		"which":          {one, zipped(t, files, "b.npy", "c.npy"), "x.npz", `no array named "a", the file has "b", "c"`},
		"no array":       {one, zipped(t, files, "note.txt"), "x.npz", "the archive holds no array"},
		"empty":          {one, nil, "x.npy", "no NumPy signature"},
		"empty archive":  {one, nil, "x.npz", "zip"},
		"cut":            {one, floats[:len(floats)-1], "x.npy", "15 bytes of data for shape [4]"},
		"wrong claim":    {one, bytes.Replace(floats, []byte("(4,)"), []byte("(9,)"), 1), "x.npy", "16 bytes of data for shape [9]"},
		"another's type": {one, bytes.Replace(floats, []byte("<f4"), []byte("<c4"), 1), "x.npy", `"<c4"`},
	} {
		got, err := sampleFromArrays(c.data, c.path, c.p)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v and %v, want an error with %q", name, got, err, c.want)
		}
	}
}

// FuzzInputArray checks that reading is total and that what it accepts fits the
// network.
func FuzzInputArray(f *testing.F) {
	files := map[string][]byte{"a.npy": npyData(f, "f4", "1,4", "0,1"), "labels.npy": npyData(f, "i8", "1", "3")}
	f.Add(files["a.npy"], false)
	f.Add(npyData(f, "u1", "4", "0,255"), false)
	f.Add(zipped(f, files, "a.npy", "labels.npy"), true)
	p := program(f, tensor.Shape{1, 4})
	f.Fuzz(func(t *testing.T, data []byte, zip bool) {
		path := "x.npy"
		if zip {
			path = "x.npz"
		}
		if s, err := sampleFromArrays(data, path, p); err == nil {
			checkSample(t, s, p)
		}
	})
}
