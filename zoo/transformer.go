// SPDX-License-Identifier: Apache-2.0

package zoo

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// A Transformer is the shape of a causal language model as GPT-2 has it: token and
// learned position embeddings, blocks of attention and a perceptron of four times
// the width, each after a LayerNorm and with a residual, a last LayerNorm, and the
// token embedding again as the head. GELU is the approximation by tanh.
type Transformer struct {
	Layers, Width, Heads int
	Vocabulary, Context  int
	// Tokens is the fixed number of tokens that the model takes.
	Tokens int
	// Embedded makes the input the embedded tokens, "input", float [1,Tokens,Width],
	// in place of their numbers, "tokens", int64 [1,Tokens].
	Embedded bool
	// Last makes the output the scores that follow the last token only, [1,1,Vocabulary].
	Last bool
	// Seed seeds the weights, which are normal with a deviation of 0.02, as GPT-2's
	// are before training; gains are that around 1.
	Seed uint64
}

// GPT2Small is the smallest GPT-2, 124 million parameters, for a number of tokens.
//
//   - A. Radford et al., Language Models are Unsupervised Multitask Learners, 2019
func GPT2Small(tokens int) Transformer {
	return Transformer{Layers: 12, Width: 768, Heads: 12, Vocabulary: 50257, Context: 1024, Tokens: tokens, Seed: 1}
}

// TinyStories is a transformer of the size that learns to tell small stories in
// plain English, 8.9 million parameters.
//
//   - R. Eldan, Y. Li, TinyStories, https://arxiv.org/abs/2305.07759, §3
func TinyStories(tokens int) Transformer {
	return Transformer{Layers: 8, Width: 256, Heads: 16, Vocabulary: 10000, Context: 512, Tokens: tokens, Seed: 1}
}

// Model returns the ONNX model, opset 20: tokens or input → logits, float
// [1,Tokens,Vocabulary], or those of the last token.
func (t Transformer) Model() onnxwrite.Model {
	b := &transformerBuilder{Transformer: t}
	b.m = onnxwrite.Model{
		IRVersion: 9, Producer: "zkml", Opsets: map[string]int64{"": 20},
		Outputs: []onnxwrite.Value{{Name: "logits", Type: onnxwrite.Types["float"], Dims: []any{1, t.Tokens, t.Vocabulary}}},
	}
	words := b.weight("wte", 0, t.Vocabulary, t.Width)
	x := "input"
	if t.Embedded {
		b.m.Inputs = []onnxwrite.Value{{Name: x, Type: onnxwrite.Types["float"], Dims: []any{1, t.Tokens, t.Width}}}
	} else {
		b.m.Inputs = []onnxwrite.Value{{Name: "tokens", Type: onnxwrite.Types["int64"], Dims: []any{1, t.Tokens}}}
		x = b.node("Gather", nil, words, "tokens")
	}
	x = b.node("Add", nil, x, b.weight("wpe", 0, t.Tokens, t.Width)) // the rows that are used
	for i := range t.Layers {
		b.prefix = fmt.Sprintf("h.%d.", i)
		x = b.node("Add", nil, x, b.attention(b.norm("ln_1", x)))
		x = b.node("Add", nil, x, b.perceptron(b.norm("ln_2", x)))
	}
	b.prefix = ""
	x = b.reshape(b.norm("ln_f", x), t.Tokens, t.Width)
	scored := t.Tokens
	if t.Last {
		scored = 1
		x = b.node("Slice", nil, x, b.ints(t.Tokens-1), b.ints(t.Tokens), b.ints(0))
		b.m.Outputs[0].Dims = []any{1, 1, t.Vocabulary}
	}
	// The head is the token embedding, without a transposed copy of it.
	y := b.node("Gemm", map[string]any{"transB": int64(1)}, x, words)
	b.m.Nodes = append(b.m.Nodes, onnxwrite.Node{
		Name: "logits", Op: "Reshape", In: []string{y, b.ints(1, scored, t.Vocabulary)}, Out: []string{"logits"}})
	return b.m
}

type transformerBuilder struct {
	Transformer
	m      onnxwrite.Model
	prefix string // of the names of the block
	count  int    // of unnamed values
}

// node adds a node and returns the name of its result.
func (b *transformerBuilder) node(op string, attrs map[string]any, in ...string) string {
	b.count++
	out := fmt.Sprintf("%s%s_%d", b.prefix, op, b.count)
	b.m.Nodes = append(b.m.Nodes, onnxwrite.Node{Name: out, Op: op, In: in, Out: []string{out}, Attrs: attrs})
	return out
}

// weight adds a tensor of normal numbers around mean.
func (b *transformerBuilder) weight(name string, mean float64, dims ...int) string {
	name = b.prefix + name
	h := fnv.New64a()
	h.Write([]byte(name))
	rng := rand.New(rand.NewPCG(b.Seed, h.Sum64()))
	const deviation = 0.02
	t := onnxwrite.Tensor{Name: name, Type: onnxwrite.Types["float"]}
	n := 1
	for _, d := range dims {
		t.Dims = append(t.Dims, int64(d))
		n *= d
	}
	t.Floats = make([]float32, n)
	for i := range t.Floats {
		t.Floats[i] = float32(mean + deviation*rng.NormFloat64())
	}
	b.m.Inits = append(b.m.Inits, t)
	return name
}

// ints adds a constant list.
func (b *transformerBuilder) ints(list ...int) string {
	b.count++
	t := onnxwrite.Tensor{Name: fmt.Sprintf("%slist_%d", b.prefix, b.count), Type: onnxwrite.Types["int64"], Dims: []int64{int64(len(list))}}
	for _, x := range list {
		t.Data = append(t.Data, float64(x))
	}
	b.m.Inits = append(b.m.Inits, t)
	return t.Name
}

func (b *transformerBuilder) reshape(x string, to ...int) string {
	return b.node("Reshape", nil, x, b.ints(to...))
}

func (b *transformerBuilder) norm(name, x string) string {
	return b.node("LayerNormalization", map[string]any{"axis": int64(-1), "epsilon": float32(1e-5)},
		x, b.weight(name+".weight", 1, b.Width), b.weight(name+".bias", 0, b.Width))
}

// linear adds x·w + bias.
func (b *transformerBuilder) linear(name, x string, from, to int) string {
	return b.node("Add", nil, b.node("MatMul", nil, x, b.weight(name+".weight", 0, from, to)), b.weight(name+".bias", 0, to))
}

// attention adds causal attention: softmax(q·kᵀ/√d + mask)·v, heads in parallel.
func (b *transformerBuilder) attention(x string) string {
	head := b.Width / b.Heads
	all := b.linear("attn.c_attn", x, b.Width, 3*b.Width)
	// [1,T,3·W] → [3,heads,T,head]
	all = b.node("Transpose", map[string]any{"perm": []int64{1, 2, 0, 3}}, b.reshape(all, b.Tokens, 3, b.Heads, head))
	part := func(i int) string {
		return b.node("Slice", nil, all, b.ints(i), b.ints(i+1), b.ints(0))
	}
	q, k, v := part(0), part(1), part(2)
	scores := b.node("MatMul", nil, q, b.node("Transpose", map[string]any{"perm": []int64{0, 1, 3, 2}}, k))
	scores = b.node("Mul", nil, scores, b.scalar(1/math.Sqrt(float64(head))))
	scores = b.node("Softmax", map[string]any{"axis": int64(-1)}, b.node("Add", nil, scores, b.mask()))
	y := b.node("Transpose", map[string]any{"perm": []int64{0, 2, 1, 3}}, b.node("MatMul", nil, scores, v))
	return b.linear("attn.c_proj", b.reshape(y, 1, b.Tokens, b.Width), b.Width, b.Width)
}

func (b *transformerBuilder) perceptron(x string) string {
	up := b.linear("mlp.c_fc", x, b.Width, 4*b.Width)
	return b.linear("mlp.c_proj", b.node("Gelu", map[string]any{"approximate": "tanh"}, up), 4*b.Width, b.Width)
}

func (b *transformerBuilder) scalar(x float64) string {
	b.count++
	t := onnxwrite.Tensor{Name: fmt.Sprintf("%sscalar_%d", b.prefix, b.count), Type: onnxwrite.Types["float"], Floats: []float32{float32(x)}}
	b.m.Inits = append(b.m.Inits, t)
	return t.Name
}

// mask adds −∞ where a token would see a later one, else 0.
func (b *transformerBuilder) mask() string {
	t := onnxwrite.Tensor{Name: "mask", Type: onnxwrite.Types["float"], Dims: []int64{int64(b.Tokens), int64(b.Tokens)}}
	for _, have := range b.m.Inits {
		if have.Name == t.Name {
			return t.Name
		}
	}
	for i := range b.Tokens {
		for j := range b.Tokens {
			x := float32(0)
			if j > i {
				x = float32(math.Inf(-1))
			}
			t.Floats = append(t.Floats, x)
		}
	}
	b.m.Inits = append(b.m.Inits, t)
	return t.Name
}
