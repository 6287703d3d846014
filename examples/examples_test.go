// SPDX-License-Identifier: Apache-2.0

package examples_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/examples"
)

// files lists what the package embeds with the SHA-256 of each file. Whoever
// retrains a model or redraws the digits changes a line here and the numbers in
// README.md, in one commit that a reviewer can see.
var files = []struct {
	name   string
	read   func() []byte
	sha256 string
}{
	{"lenet5.onnx", examples.LeNet5, "31c44be746d7e30dc0f7866e4feb3cb3ee8eb181c6f77d328cd1d14f82268e00"},
	{"mlp.onnx", examples.MLP, "0e62524261f33fdb3ef33a9475771c8345bf32761cf0369f8d0d6b103028c15e"},
	{"digits.npz", examples.Digits, "f7532c95dfe0022e2d0be421a6c3ca12c969d804adaab45b1df3b4353fffb793"},
	{"seven.png", examples.Seven, "b194edd1a7fd8c342868540080da72a15d8b6e3dc87d3ec9f9fa53c36ff051a6"},
	{"stories.onnx", examples.Stories, "b1a55bd8ec0f478c5686ffc3a4b7edc7eb3f7d7316748e3da87e79f3ceb63b30"},
	{"tokenizer.json", examples.StoriesTokenizer, "c509bac8b9bfb428dcbe6c292488d4929d09c969a0ecd1dd17f3c50b5b5e2968"},
	{"windows.npz", examples.StoriesWindows, "dc71ea0026e10df0b5973a2a09c10a9f8e548a96d795b606ce98ca8079a6c5a0"},
	{"heldout.txt", examples.StoriesHeldout, "8b62ae56ad857bbcdce1509deae78c593a07c7fc8814bc5bd66db47cb45645ed"},
}

func TestFilesAreTheOnesMeasured(t *testing.T) {
	t.Parallel()
	for _, f := range files {
		data := f.read()
		if len(data) == 0 {
			t.Errorf("%s: empty", f.name)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != f.sha256 {
			t.Errorf("%s: SHA-256 %s, want %s", f.name, got, f.sha256)
		}
	}
}

func TestCallersCannotChangeTheFiles(t *testing.T) {
	t.Parallel()
	for _, f := range files {
		first := f.read()
		want := first[0]
		first[0] ^= 0xff
		if got := f.read()[0]; got != want {
			t.Errorf("%s: first byte %#x after a caller wrote to its copy, want %#x", f.name, got, want)
		}
	}
}

// headerBytes is the size of the header that numpy writes before the elements
// of an .npy array of small shape.
const headerBytes = 128

func TestDigitsHoldTwentyOfEach(t *testing.T) {
	t.Parallel()
	images := array(t, "images.npy", "'descr': '|u1', 'fortran_order': False, 'shape': (200, 1, 28, 28)")
	labels := array(t, "labels.npy", "'descr': '<i8', 'fortran_order': False, 'shape': (200,)")
	if got, want := len(images), 200*28*28; got != want {
		t.Errorf("images hold %d bytes, want %d", got, want)
	}
	if got, want := len(labels), 200*8; got != want {
		t.Fatalf("labels hold %d bytes, want %d", got, want)
	}
	count := map[byte]int{}
	for i := 0; i < len(labels); i += 8 {
		count[labels[i]]++
	}
	want := map[byte]int{0: 20, 1: 20, 2: 20, 3: 20, 4: 20, 5: 20, 6: 20, 7: 20, 8: 20, 9: 20}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("digits by label (-want +got):\n%s", diff)
	}
}

func TestSevenIsAnImageOfDigits(t *testing.T) {
	t.Parallel()
	picture, err := png.Decode(bytes.NewReader(examples.Seven()))
	if err != nil {
		t.Fatal(err)
	}
	gray, ok := picture.(*image.Gray)
	if !ok || gray.Rect != image.Rect(0, 0, 28, 28) {
		t.Fatalf("picture is %T with bounds %v, want 28×28 8-bit gray", picture, picture.Bounds())
	}
	images := array(t, "images.npy", "'descr': '|u1'")
	if !bytes.Equal(gray.Pix, images[7*28*28:8*28*28]) {
		t.Error("pixels differ from image 7 of the digits")
	}
	if label := array(t, "labels.npy", "'descr': '<i8'")[7*8]; label != 7 {
		t.Errorf("image 7 of the digits has label %d, want 7", label)
	}
}

// array returns the elements of one array of the digits after checking that its
// header contains the given text.
func array(t *testing.T, name, header string) []byte {
	t.Helper()
	data := examples.Digits()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) < headerBytes || !bytes.Contains(raw[:headerBytes], []byte(header)) {
		t.Fatalf("%s: %d bytes, header lacks %q", name, len(raw), header)
	}
	return raw[headerBytes:]
}
