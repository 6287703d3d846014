// SPDX-License-Identifier: Apache-2.0

package zoo

// Language models take their tokens embedded here: what is drawn between −1 and 1
// is no number of a token. Model builds those that take numbers.
var (
	_ = language("gpt2-s-32-embedded", "Radford et al. 2019, 12 layers of 768, 32 tokens", GPT2Small(32), 123.7e6, 3.95e9)
	_ = language("tinystories-32-embedded", "arXiv:2305.07759, 8 layers of 256, 32 tokens", TinyStories(32), 8.89e6, 284e6)
)

// language registers a transformer.
func language(name, published string, t Transformer, parameters, macs float64) struct{} {
	return register(Architecture{Name: name, Published: published, Parameters: parameters, MACs: macs, build: func(n *net) {
		t := t
		t.Embedded, t.Seed = true, n.rng.Uint64()
		n.model = t.Model()
	}})
}
