// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"testing"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/quant"
)

// A dataset is a list of labeled inputs.
type dataset struct {
	samples []quant.Sample
	labels  []int
}

// from returns the samples from … to−1.
func (d dataset) from(from, to int) dataset { return dataset{d.samples[from:to], d.labels[from:to]} }

// every returns count samples spread over d.
func (d dataset) every(count int) []quant.Sample {
	out := make([]quant.Sample, count)
	for i := range out {
		out[i] = d.samples[i*len(d.samples)/count]
	}
	return out
}

func newDataset(images [][]float64, labels []int) dataset {
	d := dataset{labels: labels}
	for _, x := range images {
		d.samples = append(d.samples, quant.Sample{x})
	}
	return d
}

// mnist is onnxtest.MNIST.
func mnist(t testing.TB, white float64) dataset {
	t.Helper()
	return newDataset(onnxtest.MNIST(t, white))
}

// cifar is onnxtest.CIFAR.
func cifar(t testing.TB) dataset {
	t.Helper()
	return newDataset(onnxtest.CIFAR(t))
}
