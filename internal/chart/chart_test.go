// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/quant"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// set returns a measurement of n layers.
func set(name string, n int, snr float64) Set {
	m := &quant.Measurement{Errors: quant.Histogram{Width: 0.25, First: -3, Counts: []int{1, 20, 300, 310, 25, 0, 2}}}
	for k := range n {
		x := snr + float64(k%3)
		l := quant.LayerError{Name: fmt.Sprintf("/block%d/Conv", k), Kind: "contract", Elements: 1000, Saturated: k % 5, SNR: &x}
		if k == 2 {
			l.SNR = nil
		}
		m.Layers = append(m.Layers, l)
	}
	return Set{Name: name, Summary: "8 samples", Measurement: m}
}

func svg(t *testing.T, a *Accuracy) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := a.SVG(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSVG(t *testing.T) {
	t.Parallel()
	a := &Accuracy{Title: "Integer against float network: <test>", Sets: []Set{set("first", 5, 40), set("second", 5, 130)}}
	a.Sets[1].Measurement.Errors.Width = 0.125
	got := svg(t, a)
	if *update {
		if err := os.WriteFile("testdata/accuracy.svg", got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/accuracy.svg")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := svg(t, a); !bytes.Equal(got, again) {
		t.Error("the second picture differs from the first")
	}
}

// texts returns the texts of a document, which must be well-formed XML.
func texts(t *testing.T, data []byte) string {
	t.Helper()
	var out strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok {
			out.Write(bytes.TrimSpace(c))
			out.WriteByte('\n')
		}
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	few := texts(t, svg(t, &Accuracy{Title: "<few> & odd", Sets: []Set{set("a", 4, 130)}}))
	for _, want := range []string{"<few> & odd", "a: 8 samples", "/block0/Conv", "/block3/Conv", "exact", "100 means that or more"} {
		if !strings.Contains(few, want) {
			t.Errorf("no text %q in\n%s", want, few)
		}
	}
	clean := set("a", 4, 30)
	for i := range clean.Measurement.Layers {
		clean.Measurement.Layers[i].Saturated = 0
	}
	if s := texts(t, svg(t, &Accuracy{Sets: []Set{clean}})); !strings.Contains(s, "none") || strings.Contains(s, "or more") {
		t.Errorf("no saturation and no large ratio, but\n%s", s)
	}
	many := texts(t, svg(t, &Accuracy{Sets: []Set{set("a", 130, 30)}}))
	if !strings.Contains(many, "one in 3 is named") || !strings.Contains(many, "/block3/Conv") || strings.Contains(many, "/block4/Conv") {
		t.Errorf("of 130 layers one in 3 must be named:\n%s", many)
	}
}

func TestPNG(t *testing.T) {
	t.Parallel()
	for _, n := range []int{4, 1000} {
		var out bytes.Buffer
		if err := (&Accuracy{Sets: []Set{set("a", n, 30)}}).PNG(&out); err != nil {
			t.Fatal(err)
		}
		im, err := png.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		b := im.Bounds()
		if b.Dx() != 1224 || b.Dy() < 700 || b.Dy() > 2100 {
			t.Errorf("%d layers: %v pixels", n, b)
		}
		dark := 0
		for y := range b.Dy() {
			for x := range b.Dx() {
				if r, _, _, _ := im.At(x, y).RGBA(); r < 0x8000 {
					dark++
				}
			}
		}
		if dark < 2000 {
			t.Errorf("%d layers: %d dark pixels: there is nothing to see", n, dark)
		}
	}
}

// TestNoError: a network that computes the same has an empty histogram.
func TestNoError(t *testing.T) {
	t.Parallel()
	s := set("a", 3, 30)
	s.Measurement.Errors = quant.Histogram{Counts: []int{80}}
	for i := range s.Measurement.Layers {
		s.Measurement.Layers[i].SNR = nil
	}
	svg(t, &Accuracy{Sets: []Set{s, s}})
}

func TestWiden(t *testing.T) {
	t.Parallel()
	h := quant.Histogram{Width: 1, First: -3, Counts: []int{1, 2, 4, 8, 16}} // −3 … 1
	want := quant.Histogram{Width: 4, First: -1, Counts: []int{7, 24}}
	if diff := cmp.Diff(want, widen(h, 4)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]*Accuracy{
		"no sets":      {},
		"no layers":    {Sets: []Set{set("a", 0, 1)}},
		"other layers": {Sets: []Set{set("a", 3, 1), set("b", 4, 1)}},
	} {
		if err := a.SVG(io.Discard); err == nil {
			t.Errorf("%s: drawn", name)
		}
	}
}
