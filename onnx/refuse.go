// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"maps"
	"slices"
)

// refused holds the reason why an operator of the default domain is not
// supported and is not meant to be.
var refused = map[string]string{}

// refuse registers reasons for operators, to be told instead of nothing.
func refuse(reason string, names ...string) struct{} {
	for _, name := range names {
		refused[name] = reason
	}
	return struct{}{}
}

var (
	_ = refuse("the places it writes depend on the network's input", "MaxUnpool")
	_ = refuse("the places it reads depend on the network's input", "GridSample", "RoiAlign", "MaxRoiPool", "DeformConv", "AffineGrid")
	_ = refuse("the shape of its output depends on the network's input", "Unique", "NonMaxSuppression", "StringSplit")
	_ = refuse("its output is random", "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike")
	_ = refuse("sequences and optional values are not supported", "ConcatFromSequence", "Optional", "OptionalGetElement",
		"OptionalHasElement", "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
		"SequenceLength", "SequenceMap", "SplitToSequence")
	_ = refuse("strings are not supported", "RegexFullMatch", "StringConcat", "StringNormalizer", "TfIdfVectorizer", "ImageDecoder")
	_ = refuse("it is for training", "Adagrad", "Adam", "Gradient", "Momentum", "NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")
)

// A Refusal is an operator that is not supported, and why.
type Refusal struct{ Name, Reason string }

// Refusals lists the operators that are refused for a reason, in order of name.
func Refusals() []Refusal {
	var out []Refusal
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		out = append(out, Refusal{name, refused[name]})
	}
	return out
}
