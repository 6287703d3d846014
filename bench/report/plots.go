// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/internal/chart"
)

// A picture draws itself.
type picture interface{ SVG(w io.Writer) error }

// svg returns a picture as a page has it: the element alone, without what a file begins
// with.
func svg(p picture) (template.HTML, error) {
	var out bytes.Buffer
	if err := p.SVG(&out); err != nil {
		return "", err
	}
	s := out.String()
	return template.HTML(s[strings.Index(s, "<svg"):]), nil
}

// cpuDevice is the device that others are compared with.
const cpuDevice = "cpu"

// sized are the rows of a kernel at several sizes.
type sized struct {
	kernel, device, state string
	log2                  []int
	values                []float64
}

// series collects the rows that have sizes, in their order: by kernel, then by device and
// state.
func series(r *bench.Report) (out []*sized) {
	for i := range r.Rows {
		row := &r.Rows[i]
		n, err := strconv.Atoi(row.Param("log2n"))
		if err != nil || row.Unit != bench.Seconds || row.Failure != "" || len(row.Samples) == 0 {
			continue
		}
		s := sized{kernel: bench.Without(row.Name, "log2n", "device", "state"), device: row.Param("device"), state: row.Param("state")}
		k := slices.IndexFunc(out, func(x *sized) bool {
			return x.kernel == s.kernel && x.device == s.device && x.state == s.state
		})
		if k < 0 {
			out, k = append(out, &s), len(out)
		}
		out[k].log2, out[k].values = append(out[k].log2, n), append(out[k].values, row.Value())
	}
	return out
}

// kernels draws time against size, for each kernel, warm ones solid.
func kernels(r *bench.Report) (out []picture) {
	all := series(r)
	var names []string
	for _, s := range all {
		if !slices.Contains(names, s.kernel) {
			names = append(names, s.kernel)
		}
	}
	for _, name := range names {
		c := &chart.Curves{Title: name, Seconds: true}
		for _, s := range all {
			if s.kernel != name || s.state != "warm" {
				continue
			}
			title := strings.TrimPrefix(s.device+" warm", " ")
			c.Series = append(c.Series, chart.Curve{Name: title, Log2: s.log2, Values: s.values})
			for _, cold := range all {
				if cold.kernel == name && cold.device == s.device && cold.state == "cold" {
					c.Series = append(c.Series, chart.Curve{Name: strings.Replace(title, "warm", "cold", 1), Log2: cold.log2, Values: cold.values, Dashed: true})
				}
			}
		}
		if len(c.Series) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// ratios draws how much faster each device is than the CPU, by kernel. A run on the CPU
// alone has none.
func ratios(r *bench.Report) (out []picture) {
	all := series(r)
	for _, d := range r.Devices {
		if d.Name == cpuDevice {
			continue
		}
		c := &chart.Curves{Title: "time on cpu / time on " + d.Name + ", warm"}
		for _, s := range all {
			if s.device != d.Name || s.state != "warm" {
				continue
			}
			k := slices.IndexFunc(all, func(x *sized) bool { return x.kernel == s.kernel && x.device == cpuDevice && x.state == s.state })
			if k < 0 {
				continue
			}
			curve := chart.Curve{Name: s.kernel}
			for i, n := range s.log2 {
				if j := slices.Index(all[k].log2, n); j >= 0 {
					curve.Log2, curve.Values = append(curve.Log2, n), append(curve.Values, all[k].values[j]/s.values[i])
				}
			}
			if len(curve.Log2) > 0 {
				c.Series = append(c.Series, curve)
			}
		}
		if len(c.Series) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// models draws the phases of each model, warm, by proof system.
func models(r *bench.Report) (out []picture) {
	var systems []string
	for i := range r.Rows {
		if row := &r.Rows[i]; phased(row) && !slices.Contains(systems, row.Param("system")) {
			systems = append(systems, row.Param("system"))
		}
	}
	for _, system := range systems {
		s := &chart.Stacks{Title: "warm proofs, " + system + ", by phase"}
		var values []map[string]float64 // by bar
		for i := range r.Rows {
			row := &r.Rows[i]
			if !phased(row) || row.Param("system") != system {
				continue
			}
			bar, phase := row.Param("model"), row.Param("phase")
			if d := row.Param("device"); d != "" {
				bar += " on " + d
			}
			if !slices.Contains(s.Bars, bar) {
				s.Bars, values = append(s.Bars, bar), append(values, map[string]float64{})
			}
			values[slices.Index(s.Bars, bar)][phase] = row.Value()
			if !slices.ContainsFunc(s.Parts, func(p chart.Part) bool { return p.Name == phase }) {
				s.Parts = append(s.Parts, chart.Part{Name: phase})
			}
		}
		for k := range s.Parts {
			for _, v := range values {
				s.Parts[k].Values = append(s.Parts[k].Values, v[s.Parts[k].Name])
			}
		}
		out = append(out, s)
	}
	return out
}

// phased reports whether a row is a phase of a warm proof.
func phased(row *bench.Row) bool {
	phase := row.Param("phase")
	return phase != "" && phase != "total" && row.Param("state") == "warm" && row.Failure == "" && len(row.Samples) > 0
}
