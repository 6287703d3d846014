// SPDX-License-Identifier: Apache-2.0

package zoo

import (
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/tensor"
)

// waves is the number of plane waves that make up a random image.
const waves = 6

// Images draws images of shape N·C·H·W with elements in [−1, 1]: sums of plane
// waves of random directions, lengths and colours, which differ from each other
// more than noise does, whose averages are all alike. Tensors of other ranks get
// noise.
func Images(s tensor.Shape, rng *rand.Rand) []float64 {
	out := make([]float64, s.Size())
	if len(s) != 4 {
		for i := range out {
			out[i] = 2*rng.Float64() - 1
		}
		return out
	}
	plane := s[2] * s[3]
	for image := range s[0] {
		data := out[image*s[1]*plane:][:s[1]*plane]
		for range waves {
			angle, length := 2*math.Pi*rng.Float64(), math.Exp2(1+4*rng.Float64())
			dy, dx := math.Sin(angle)/length, math.Cos(angle)/length
			for c := range s[1] {
				height, phase := rng.Float64()/waves, 2*math.Pi*rng.Float64()
				for i := range plane {
					data[c*plane+i] += height * math.Sin(2*math.Pi*(dy*float64(i/s[3])+dx*float64(i%s[3]))+phase)
				}
			}
		}
		for i := range data {
			data[i] = max(-1, min(1, 1.6*data[i]+0.1*rng.NormFloat64()))
		}
	}
	return out
}
