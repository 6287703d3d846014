// SPDX-License-Identifier: Apache-2.0

package zoo

// Language models take the numbers of their tokens, or with -embedded the rows of
// the token embedding, which a host that has the table looks up.
var (
	_ = language("gpt2-s-32", "Radford et al. 2019, 12 layers of 768, 32 tokens", GPT2Small(32), 123.7e6, 3.95e9)
	_ = language("tinystories-32", "arXiv:2305.07759, 8 layers of 256, 32 tokens", TinyStories(32), 8.89e6, 284e6)
)

// language registers a transformer in both forms.
func language(name, published string, t Transformer, parameters, macs float64) struct{} {
	form := func(name string, embedded bool) Architecture {
		t := t
		t.Embedded = embedded
		a := Architecture{Name: name, Published: published, Parameters: parameters, MACs: macs, transformer: &t}
		if !embedded {
			a.Vocabulary = t.Vocabulary
		}
		a.build = func(n *net) {
			seeded := t
			seeded.Seed = n.rng.Uint64()
			n.model = seeded.Model()
		}
		return a
	}
	return register(form(name, false), form(name+"-embedded", true))
}
