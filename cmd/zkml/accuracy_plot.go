// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/internal/chart"
	"github.com/zkml-go/zkml/quant"
)

// draw writes a picture in the format that the name of its file ends in.
func (a *accuracy) draw(path string) error {
	picture := &chart.Accuracy{Title: "Integer against float network: " + printable(strings.TrimSuffix(filepath.Base(a.Model), filepath.Ext(a.Model)))}
	for _, s := range a.Data {
		picture.Sets = append(picture.Sets, chart.Set{Name: printable(filepath.Base(s.File)), Summary: summary(&s.Report), Measurement: s.Measurement})
	}
	write := picture.SVG
	if filepath.Ext(path) == ".png" {
		write = picture.PNG
	}
	var data bytes.Buffer
	if err := write(&data); err != nil {
		return err
	}
	return writeFile(path, data.Bytes())
}

// summary is one line of a report.
func summary(r *quant.Report) string {
	s := thousands(r.Samples) + " samples"
	if r.FloatAccuracy != nil {
		s += fmt.Sprintf(", accuracy %s float, %s integer", percent(*r.FloatAccuracy), percent(*r.IntAccuracy))
	}
	return s + fmt.Sprintf(", agreement %s, worst error %.3g of ±%.3g", percent(r.Agreement), r.WorstError, r.OutputSpan)
}
