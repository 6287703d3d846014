// SPDX-License-Identifier: Apache-2.0

package onnxtest

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/zkml-go/zkml/internal/need"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// An OfficialTest is an operator test of ONNX: a model and tensors for its
// inputs and outputs, as TensorProtos.
type OfficialTest struct {
	Name            string // node/test_relu
	Model           []byte
	Inputs, Outputs [][]byte
}

// Shared returns the path of a file in the directory shared beside the
// repository, which holds test data that are not part of it. If the file is not
// there the test is skipped, or fails where ZKML_CI is 1.
func Shared(t testing.TB, path string) string {
	t.Helper()
	full := filepath.Join(need.Root(t), "..", "shared", filepath.FromSlash(path))
	if _, err := os.Stat(full); err != nil {
		if os.Getenv("ZKML_CI") == "1" {
			t.Fatalf("needs ../shared/%s and ZKML_CI=1 forbids skipping: %v", path, err)
		}
		t.Skipf("needs ../shared/%s", path)
	}
	return full
}

// maxTestFile bounds the size of one file of an official test.
const maxTestFile = 64 << 20

// Official reads the official tests of ONNX from ../shared/onnx-node-tests.tar.gz
// in order of name.
func Official(t testing.TB) []OfficialTest {
	t.Helper()
	f, err := os.Open(Shared(t, "onnx-node-tests.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tests, err := readOfficial(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	return tests
}

func readOfficial(r io.Reader) ([]OfficialTest, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	files := map[string]map[string][]byte{}
	for archive := tar.NewReader(z); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		parts := strings.SplitN(h.Name, "/", 3)
		if len(parts) < 3 || h.Typeflag != tar.TypeReg || parts[2] == "" {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(archive, maxTestFile))
		if err != nil {
			return nil, err
		}
		name := parts[0] + "/" + parts[1]
		if files[name] == nil {
			files[name] = map[string][]byte{}
		}
		files[name][parts[2]] = data
	}
	var tests []OfficialTest
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		if f["model.onnx"] == nil {
			continue
		}
		test := OfficialTest{Name: name, Model: f["model.onnx"]}
		for kind, list := range map[string]*[][]byte{"input": &test.Inputs, "output": &test.Outputs} {
			for i := 0; ; i++ {
				data, ok := f[fmt.Sprintf("test_data_set_0/%s_%d.pb", kind, i)]
				if !ok {
					break
				}
				*list = append(*list, data)
			}
		}
		tests = append(tests, test)
	}
	return tests, nil
}

// WithInitializers returns the model with tensors added as initializers of the
// inputs called names. If no input is left without an initializer, an input that
// nothing uses is added, for a network has at least one.
func WithInitializers(model []byte, names []string, tensors [][]byte, all bool) ([]byte, error) {
	m, err := split(model)
	if err != nil {
		return nil, err
	}
	graph := m[7]
	for i, name := range names {
		graph = onnxwrite.Bytes(graph, 5, onnxwrite.Bytes(slices.Clone(tensors[i]), 8, []byte(name)))
	}
	if all {
		graph = onnxwrite.Bytes(graph, 11, onnxwrite.Value{Name: "unused input", Type: onnxwrite.Types["float"], Dims: []any{1}}.Marshal())
	}
	return onnxwrite.Bytes(m[0], 7, graph), nil
}

// split returns the graph of a model at 7 and all other fields at 0.
func split(model []byte) (map[int][]byte, error) {
	out := map[int][]byte{}
	for b := model; len(b) > 0; {
		num, typ, n := protowire.ConsumeField(b)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		if num == 7 && typ == protowire.BytesType {
			_, _, tag := protowire.ConsumeTag(b)
			data, _ := protowire.ConsumeBytes(b[tag:])
			out[7] = slices.Clone(data)
		} else {
			out[0] = append(out[0], b[:n]...)
		}
		b = b[n:]
	}
	return out, nil
}
