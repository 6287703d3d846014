// SPDX-License-Identifier: Apache-2.0

// Package examples holds three small trained models and sample inputs for them,
// so that the demo, the benchmarks and the tests need no download. All are ONNX
// files, opset 17. README.md has the accuracies and the commands.
//
// Two of them take one 28×28 grayscale image and return ten logits, one for each
// digit:
//
//	image  float32 [1,1,28,28]  pixel/255, so 0 to 1, white digit on black
//	logits float32 [1,10]
//
// They were trained on MNIST by the scripts beside them. The sample inputs are
// not MNIST: a script draws them from strokes of its own.
//
// The third is a language model, trained on stories that a script of ours makes
// up. It takes 32 tokens and returns, for each, the logits of the one that follows
// it and those before:
//
//	tokens int64 [1,32]          0 to 639
//	logits float32 [1,32,640]
package examples

import _ "embed" // the files below

// The files are strings, which nobody can write to, and each accessor copies.
var (
	//go:embed lenet5/lenet5.onnx
	lenet5 string
	//go:embed mlp/mlp.onnx
	mlp string
	//go:embed digits/digits.npz
	digits string
	//go:embed digits/seven.png
	seven string
	//go:embed stories/stories.onnx
	stories string
	//go:embed stories/tokenizer.json
	storiesTokenizer string
	//go:embed stories/windows.npz
	storiesWindows string
	//go:embed stories/heldout.txt
	storiesHeldout string
)

// LeNet5 returns the ONNX file of a LeNet-5 with ReLU and average pooling,
// 61,706 parameters. The caller owns the bytes.
func LeNet5() []byte { return []byte(lenet5) }

// MLP returns the ONNX file of a 784-128-10 multilayer perceptron with ReLU,
// 101,770 parameters. The caller owns the bytes.
func MLP() []byte { return []byte(mlp) }

// Digits returns a NumPy .npz archive with 200 digits, twenty of each:
// "images", uint8 [200,1,28,28], and "labels", int64 [200]. Divide the images
// by 255 before feeding them to a model. The caller owns the bytes.
func Digits() []byte { return []byte(digits) }

// Seven returns a PNG of the digit 7, 28×28 pixels of 8-bit gray; it is image 7
// of [Digits]. The caller owns the bytes.
func Seven() []byte { return []byte(seven) }

// Stories returns the ONNX file of a causal transformer of four blocks of width 64
// with four heads, 284,032 parameters. The caller owns the bytes.
func Stories() []byte { return []byte(stories) }

// StoriesTokenizer returns the tokenizer.json of [Stories]. The caller owns the bytes.
func StoriesTokenizer() []byte { return []byte(storiesTokenizer) }

// StoriesWindows returns a NumPy .npz archive with an array "tokens", int64
// [64,1,32], for the calibration of [Stories]. The caller owns the bytes.
func StoriesWindows() []byte { return []byte(storiesWindows) }

// StoriesHeldout returns a hundred stories that [Stories] was not trained on, one
// per line. The caller owns the bytes.
func StoriesHeldout() []byte { return []byte(storiesHeldout) }
