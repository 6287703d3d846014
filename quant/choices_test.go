// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/zkml-go/zkml/quant"
)

// TestChoices prints what the choices of a quantization do to a residual network:
// see docs/zoo.md.
func TestChoices(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("12.5 million products an image")
	}
	d := cifar(t)
	for _, s := range d.samples {
		for k, x := range s[0] {
			s[0][k] = math.Round((x/2 + 0.5) * 255)
		}
	}
	g := load(t, shared(t, "models/derived-from-tflite/resnet8_cifar10_float.onnx"))
	pixels := &quant.Span{Lo: 0, Hi: 255}
	const calibrated = 50
	methods := map[string]*quant.Calibration{"max-abs": calibrate(t, g, d.every(calibrated))}
	var err error
	if methods["mse"], err = quant.CalibrateMSE(g, d.every(calibrated), 8); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method string
		opts   quant.Options
		agree  float64
	}{
		{"mse", quant.Options{}, 0.96},
		{"max-abs", quant.Options{WeightBits: 8}, 0.98},
		{"max-abs", quant.Options{Scales: quant.PowerOfTwoScales}, 0.97},
		{"max-abs", quant.Options{ActBits: 12}, 0.98},
	} {
		c.opts.InputRange = pixels
		trial{
			name: fmt.Sprintf("%s, %d bits, weights of %d, %s", c.method, max(c.opts.ActBits, 8), c.opts.WeightBits, c.opts.Scales),
			opts: c.opts, agreement: c.agree, accuracy: 0.03, meanError: 0.02,
		}.calibrated(t, g, methods[c.method], d)
	}
}
