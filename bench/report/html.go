// SPDX-License-Identifier: Apache-2.0

package report

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zkml-go/zkml/bench"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// A section is pictures with a heading.
type section struct {
	Title, Note string
	Pictures    []template.HTML
}

// HTML writes a page that needs nothing else: tables, and pictures of time against size, of
// phases, and of devices against the CPU.
func HTML(w io.Writer, r *bench.Report) error {
	var sections []section
	for _, s := range []struct {
		title, note, none string
		pictures          []picture
	}{
		{"Models", "What a proof takes, by phase. The prover verifies its proof; that is a bar, but no part of the total in the table.", "", models(r)},
		{"Devices", "How much faster a device is than all cores of this machine.", noRatios(r), ratios(r)},
		{"Kernels", "Time of an operation against the number of elements. Dashed: cold.", "", kernels(r)},
	} {
		if len(s.pictures) == 0 {
			s.note = s.none
		}
		if s.note == "" {
			continue
		}
		out := section{Title: s.title, Note: s.note}
		for _, p := range s.pictures {
			drawn, err := svg(p)
			if err != nil {
				return err
			}
			out.Pictures = append(out.Pictures, drawn)
		}
		sections = append(sections, out)
	}
	return page.Execute(w, map[string]any{
		"Facts": about(r), "Sections": sections, "Columns": Columns, "Rows": Table(r),
	})
}

// noRatios says why no device is compared with the CPU.
func noRatios(r *bench.Report) string {
	cpu := slices.ContainsFunc(r.Devices, func(d bench.Device) bool { return d.Name == cpuDevice })
	switch {
	case len(r.Devices) == 0:
		return "Not measured: no device was asked for."
	case cpu && len(r.Devices) == 1:
		return "Not measured: the run was on the CPU alone."
	case !cpu:
		return "Not compared: the run was not on the CPU, too."
	}
	return "Not compared: no kernel has warm times on a device and on the CPU."
}

// about returns what a run was, for the head of the page.
func about(r *bench.Report) []bench.Param {
	m := &r.Machine
	out := []bench.Param{
		{Key: "commit", Value: r.Commit}, {Key: "date", Value: r.Date.UTC().Format(time.RFC3339)}, {Key: "command", Value: r.Command},
		{Key: "cpu", Value: m.CPU}, {Key: "cores", Value: strconv.Itoa(m.Cores)}, {Key: "memory", Value: m.Memory},
		{Key: "system", Value: strings.Join([]string{m.OS, m.GOOS, m.Kernel, m.GOARCH}, ", ")},
		{Key: "load at the start", Value: r.Load}, {Key: "go", Value: m.Go + ", " + strconv.Itoa(m.Threads) + " threads, GOGC " + m.GOGC},
	}
	for _, g := range m.GPUs {
		out = append(out, bench.Param{Key: "gpu", Value: g.String()})
	}
	for _, d := range r.Devices {
		out = append(out, bench.Param{Key: "device " + d.Name, Value: d.Description})
	}
	var settings []string
	for _, key := range slices.Sorted(maps.Keys(r.Settings)) {
		if v := r.Settings[key]; v != "" {
			settings = append(settings, "--"+key+" "+v)
		}
	}
	return append(out, bench.Param{Key: "settings", Value: strings.Join(settings, " ")})
}
