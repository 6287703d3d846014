// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/perf/benchfmt"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/bench/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixed is a report of numbers that nobody measured.
func fixed() *bench.Report {
	r := &bench.Report{
		Schema: bench.Schema,
		Machine: machine.Machine{GOOS: "linux", GOARCH: "amd64", Go: "go1.26.8", CPU: "A CPU <at> 3 GHz", Cores: 8, Memory: "32000000 kB", OS: "An OS 1",
			Kernel: "6.1", GPUs: []machine.GPU{{Name: "A GPU", Driver: "555.1", Memory: "24564 MiB"}}, Threads: 8, GOGC: "100"},
		Devices:  []bench.Device{{Name: "cpu", Description: "eight threads"}, {Name: "icicle:0", Description: "A GPU"}},
		Commit:   "0123456789ab with changes",
		Date:     time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Load:     "0.10 0.20 0.30",
		Command:  "zkml bench --count 6",
		Settings: map[string]string{"count": "6", "time": "50ms", "memory": ""},
	}
	add := func(name, unit string, samples ...float64) *bench.Row {
		row := bench.Row{Name: name, Unit: unit, Samples: samples}
		for i := range samples {
			row.Iterations = append(row.Iterations, 10+i)
		}
		r.Rows = append(r.Rows, row)
		return &r.Rows[len(r.Rows)-1]
	}
	add(bench.CeilingName("mul64", false, 0), "mul/s", 2e10, 2.1e10, 1.9e10)
	add(bench.CeilingName("read", false, 1<<27), "B/s", 3e10)
	for _, d := range []struct {
		name  string
		scale float64
	}{{"cpu", 1}, {"icicle:0", 0.1}} {
		for _, n := range []int{10, 14} {
			base := fmt.Sprintf("MSM/group=G1/scalars=fr/log2n=%d/device=%s", n, d.name)
			t := d.scale * float64(int(1)<<n) * 1e-6
			add(bench.With(base, "state", "cold"), bench.Seconds, 2*t)
			row := add(bench.With(base, "state", "warm"), bench.Seconds, t, 1.01*t, 0.99*t, 1.02*t, 0.98*t, 1.03*t)
			row.Elements, row.PeakBytes, row.Work = 1<<n, 100<<20, bench.Work{Mul64: float64(int(10000) << n), Bytes: float64(int(96) << n)}
			if d.name != "cpu" {
				row.Energy = []machine.Joules{{Source: "cpu", Joules: 0.5}, {Source: "gpu", Joules: 12.25}}
			}
		}
	}
	phases := "Model/model=mlp/system=sumcheck/phase=%s/device=cpu/state=warm"
	add(fmt.Sprintf(phases, "witness"), bench.Seconds, 0.01, 0.011)
	add(fmt.Sprintf(phases, "wrap"), bench.Seconds, 0.8, 0.82)
	add(fmt.Sprintf(phases, "wrap.solve"), bench.Seconds, 0.1, 0.12)
	add(fmt.Sprintf(phases, "total"), bench.Seconds, 0.81, 0.831).Metrics = []bench.Metric{{Unit: "constraints", Value: 34197}, {Unit: "proof-B", Value: 1344}}
	r.Rows = append(r.Rows, bench.Row{Name: "Model/model=vgg/system=groth16/phase=setup/state=once", Unit: bench.Seconds,
		Failure: "killed by the system, as it does when memory runs out\n<script>", PeakBytes: 30 << 30})
	return r
}

// golden compares with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs, -update blesses it (-want +got):\n%s", path, d)
	}
}

func written(t *testing.T, write func(w io.Writer, r *bench.Report) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, fixed()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	golden(t, "report.txt", written(t, report.Text))
	golden(t, "report.json", written(t, report.JSON))
	golden(t, "report.html", written(t, report.HTML))
	var table bytes.Buffer
	for _, l := range append([][]string{report.Columns}, report.Table(fixed())...) {
		fmt.Fprintln(&table, strings.Join(l, " | "))
	}
	golden(t, "table.txt", table.Bytes())
}

// JSON says everything.
func TestReadJSON(t *testing.T) {
	t.Parallel()
	got, err := report.Read(written(t, report.JSON))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(fixed(), got); d != "" {
		t.Errorf("read differs from written (-want +got):\n%s", d)
	}
}

// The text says everything but the work, and what is empty.
func TestReadText(t *testing.T) {
	t.Parallel()
	got, err := report.Read(written(t, report.Text))
	if err != nil {
		t.Fatal(err)
	}
	want := fixed()
	want.Devices = nil
	want.Machine.GPUs = []machine.GPU{}
	delete(want.Settings, "memory")
	for i := range want.Rows {
		row := &want.Rows[i]
		row.Work, row.Elements = bench.Work{}, 0
		if row.Failure != "" {
			row.Failure, row.PeakBytes = strings.Join(strings.Fields(row.Failure), " "), 0
		}
	}
	if d := cmp.Diff(want, got, cmpopts.EquateApprox(1e-5, 0)); d != "" {
		t.Errorf("read differs from written (-want +got):\n%s", d)
	}
}

// Runs one after the other in a file are one run of more samples.
func TestReadTwoRuns(t *testing.T) {
	t.Parallel()
	text := written(t, report.Text)
	once, err := report.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := report.Read(append(text, text...))
	if err != nil {
		t.Fatal(err)
	}
	if len(twice.Rows) != len(once.Rows) {
		t.Fatalf("%d rows of two runs, %d of one", len(twice.Rows), len(once.Rows))
	}
	for i, row := range twice.Rows {
		if len(row.Samples) != 2*len(once.Rows[i].Samples) || len(row.Iterations) != len(row.Samples) {
			t.Errorf("%s: %d samples of two runs, %d of one", row.Name, len(row.Samples), len(once.Rows[i].Samples))
		}
	}
}

// Every line is of Go's benchmark format, or one that it ignores.
func TestTextIsBenchmarkFormat(t *testing.T) {
	t.Parallel()
	lines := benchfmt.NewReader(bytes.NewReader(written(t, report.Text)), "report.txt")
	results := 0
	for lines.Scan() {
		switch r := lines.Result().(type) {
		case *benchfmt.SyntaxError:
			t.Error(r)
		case *benchfmt.Result:
			results++
			if r.GetConfig("cpu") != "A CPU <at> 3 GHz" || r.GetConfig("gpu0") != "A GPU, driver 555.1, 24564 MiB" || r.GetConfig("commit") != "" {
				t.Fatalf("configuration of %s: %v", r.Name, r.Config)
			}
		}
	}
	samples := 0
	for _, row := range fixed().Rows {
		samples += len(row.Samples)
	}
	if results != samples || lines.Units().GetBetter("mul/s") != 1 {
		t.Errorf("%d results of %d samples, mul/s is better %+d", results, samples, lines.Units().GetBetter("mul/s"))
	}
}

// Every row has its parameters, value, number of samples and share in JSON.
func TestJSONRow(t *testing.T) {
	t.Parallel()
	var got struct {
		Rows []struct {
			Name    string
			Params  map[string]string
			N       int
			Value   *float64
			Low     *float64
			High    *float64
			Ceiling *string
			Share   *float64
		}
	}
	if err := json.Unmarshal(written(t, report.JSON), &got); err != nil {
		t.Fatal(err)
	}
	for _, row := range got.Rows {
		switch row.Name {
		case "MSM/group=G1/scalars=fr/log2n=10/device=cpu/state=warm":
			// 10⁴·2¹⁰ products in 1.005·2¹⁰ µs, of 2.1·10¹⁰ a second.
			if row.Params["log2n"] != "10" || row.N != 6 || *row.Value != 1.005*1024e-6 || *row.Ceiling != "mul64" || *row.Share < 0.473 || *row.Share > 0.474 || *row.Low >= *row.High {
				t.Errorf("row %+v", row)
			}
		case "MSM/group=G1/scalars=fr/log2n=10/device=cpu/state=cold":
			if row.N != 1 || row.Low != nil || row.High != nil || row.Share != nil {
				t.Errorf("row %+v", row)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for what, text := range map[string]string{
		"nothing":           "",
		"no benchmarks":     "goos: linux\nhello\n",
		"broken JSON":       `{"schema": 1, "rows": [`,
		"another schema":    `{"schema": 99, "rows": []}`,
		"missing counts":    `{"schema": 1, "rows": [{"name": "a", "samples": [1, 2], "iterations": [1]}]}`,
		"a line cut short":  "BenchmarkA-2 1 12\n",
		"a line of letters": "BenchmarkA-2 1 x ns/op\n",
	} {
		if r, err := report.Read([]byte(text)); err == nil {
			t.Errorf("%s: read %+v", what, r.Rows)
		}
	}
}

// The page needs nothing that it does not have, and text in it is text.
func TestPageStandsAlone(t *testing.T) {
	t.Parallel()
	page := string(written(t, report.HTML))
	if m := regexp.MustCompile(`(?i)(src|href)\s*=|url\(|@import|<script|<link`).FindString(page); m != "" {
		t.Errorf("the page has %q", m)
	}
	for _, m := range regexp.MustCompile(`https?://[^"'\s]*`).FindAllString(page, -1) {
		if !strings.HasPrefix(m, "http://www.w3.org/") { // names of XML's
			t.Errorf("the page names %s", m)
		}
	}
	if !strings.Contains(page, "prefers-color-scheme: dark") || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("the page is not for dark screens, or does not escape text")
	}
	pictures := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(page, -1)
	if len(pictures) != 3 { // phases, ratio, one kernel
		t.Errorf("%d pictures, want 3", len(pictures))
	}
	for _, p := range pictures {
		d := xml.NewDecoder(strings.NewReader(p))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A run that compares no device with the CPU says why: by its devices.
func TestPageWithoutRatios(t *testing.T) {
	t.Parallel()
	cpu, gpu := fixed().Devices[0], fixed().Devices[1]
	for want, devices := range map[string][]bench.Device{
		"Not measured: no device was asked for.":                             nil,
		"Not measured: the run was on the CPU alone.":                        {cpu},
		"Not compared: the run was not on the CPU, too.":                     {gpu},
		"Not compared: no kernel has warm times on a device and on the CPU.": {cpu, gpu},
	} {
		r := fixed()
		r.Devices = devices
		r.Rows = slices.DeleteFunc(r.Rows, func(row bench.Row) bool {
			return row.Param("device") == gpu.Name && len(devices) == 2 || row.Param("device") == cpu.Name && len(devices) == 1 && devices[0] == gpu
		})
		var out bytes.Buffer
		if err := report.HTML(&out, r); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "<p>Not "); n != 1 || !strings.Contains(out.String(), want) {
			t.Errorf("the page does not say %q and nothing else of the kind", want)
		}
	}
}
