// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// numbers writes n small random integers.
func numbers(rng *rand.Rand, n int) (list []float64, text string) {
	var s strings.Builder
	for range n {
		x := float64(rng.IntN(19) - 9)
		list = append(list, x)
		fmt.Fprintf(&s, " %v", x)
	}
	return list, s.String()
}

// TestConvTranspose compares random transposed convolutions of two spatial axes
// with the definition: every product of an input and a kernel element is added to
// its place.
func TestConvTranspose(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 11))
		group, c, m := 1+rng.IntN(2), 1+rng.IntN(2), 1+rng.IntN(2)
		var in, kernel, stride, dilation, before, after, more, out [2]int
		for i := range 2 {
			in[i], kernel[i], stride[i], dilation[i] = 1+rng.IntN(3), 1+rng.IntN(4), 1+rng.IntN(4), 1+rng.IntN(2)
			more[i], before[i], after[i] = rng.IntN(stride[i]), rng.IntN(3), rng.IntN(3)
			for {
				out[i] = stride[i]*(in[i]-1) + more[i] + (kernel[i]-1)*dilation[i] + 1 - before[i] - after[i]
				if out[i] > 0 {
					break
				}
				before[i], after[i] = 0, 0
			}
		}
		x, _ := numbers(rng, group*c*in[0]*in[1])
		w, weights := numbers(rng, group*c*m*kernel[0]*kernel[1])
		want := make([]float64, group*m*out[0]*out[1])
		for ch := range group * c {
			for f := range m {
				for i := range in[0] * in[1] {
					for k := range kernel[0] * kernel[1] {
						row := i/in[1]*stride[0] + k/kernel[1]*dilation[0] - before[0]
						col := i%in[1]*stride[1] + k%kernel[1]*dilation[1] - before[1]
						if row >= 0 && row < out[0] && col >= 0 && col < out[1] {
							want[((ch/c*m+f)*out[0]+row)*out[1]+col] += x[ch*in[0]*in[1]+i] * w[(ch*m+f)*kernel[0]*kernel[1]+k]
						}
					}
				}
			}
		}
		text := fmt.Sprintf(`opset 13
input x float [1,%d,%d,%d]
init w float [%d,%d,%d,%d]%s
ConvTranspose x w -> y group=%d strides=[%d,%d] dilations=[%d,%d] pads=[%d,%d,%d,%d] output_padding=[%d,%d]
output y`, group*c, in[0], in[1], group*c, m, kernel[0], kernel[1], weights,
			group, stride[0], stride[1], dilation[0], dilation[1], before[0], before[1], after[0], after[1], more[0], more[1])
		g, _, err := Load(marshal(text))
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if err := near(run(t, g, x), want); err != nil {
			t.Errorf("seed %d: %v\n%s", seed, err, text)
		}
	}
}
