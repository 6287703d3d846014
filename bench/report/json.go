// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"io"
	"math"

	"github.com/zkml-go/zkml/bench"
)

// A jsonReport is a bench.Report with rows of which a reader needs to compute nothing.
type jsonReport struct {
	*bench.Report
	Rows []jsonRow `json:"rows"`
}

// A jsonRow is a row and what follows from it.
type jsonRow struct {
	*bench.Row
	Params map[string]string `json:"params"`
	N      int               `json:"n"`
	// Value is the median, Low and High the ends of its confidence interval; null where
	// there is none.
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	// Ceiling and Share are the roofline, null where nothing was counted.
	Ceiling *string  `json:"ceiling"`
	Share   *float64 `json:"share"`
}

// JSON writes the JSON form: a bench.Report; docs/bench.md describes it.
func JSON(w io.Writer, r *bench.Report) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(Data(r))
}

// Data returns what JSON encodes.
func Data(r *bench.Report) any {
	ceilings := r.Ceilings()
	out := jsonReport{Report: r, Rows: make([]jsonRow, len(r.Rows))}
	for i := range r.Rows {
		out.Rows[i] = describe(&r.Rows[i], ceilings)
	}
	return out
}

func describe(row *bench.Row, ceilings *bench.Ceilings) jsonRow {
	out := jsonRow{Row: row, Params: map[string]string{}, N: len(row.Samples)}
	for _, p := range row.Params() {
		out.Params[p.Key] = p.Value
	}
	if len(row.Samples) > 0 {
		s := row.Summary()
		if out.Value = finite(s.Center); finite(s.Lo) != nil && finite(s.Hi) != nil {
			out.Low, out.High = &s.Lo, &s.Hi
		}
	}
	if share, ok, _ := ceilings.Share(row); ok {
		out.Ceiling, out.Share = &share.Ceiling, &share.Of
	}
	return out
}

// finite returns x, or nil: samples that are too few have no confidence interval.
func finite(x float64) *float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return &x
}
