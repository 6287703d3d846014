// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/perf/benchfmt"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
)

// Read reads what Text or JSON wrote, and Go's benchmark format of other programs as far as
// it has times. The text form does not have everything: the work of rows is lost.
func Read(data []byte) (*bench.Report, error) {
	if s := bytes.TrimSpace(data); len(s) > 0 && s[0] == '{' {
		r := &bench.Report{}
		if err := json.Unmarshal(s, r); err != nil {
			return nil, err
		}
		if r.Schema != bench.Schema {
			return nil, fmt.Errorf("schema %d, want %d", r.Schema, bench.Schema)
		}
		for i := range r.Rows {
			if row := &r.Rows[i]; len(row.Samples) != len(row.Iterations) {
				return nil, fmt.Errorf("row %q: %d samples with %d numbers of iterations", row.Name, len(row.Samples), len(row.Iterations))
			}
		}
		return r, nil
	}
	return readText(data)
}

func readText(data []byte) (*bench.Report, error) {
	r := &bench.Report{Schema: bench.Schema, Settings: map[string]string{}, Machine: machine.Machine{GPUs: []machine.GPU{}}}
	lines := benchfmt.NewReader(bytes.NewReader(data), "")
	for lines.Scan() {
		switch record := lines.Result().(type) {
		case *benchfmt.SyntaxError:
			return nil, record
		case *benchfmt.Result:
			if err := addLine(r, record); err != nil {
				return nil, err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	readRest(r, string(data))
	if len(r.Rows) == 0 {
		return nil, errors.New("no benchmarks in it")
	}
	return r, nil
}

// addLine adds a sample.
func addLine(r *bench.Report, line *benchfmt.Result) error {
	for _, c := range line.Config {
		configure(r, c.Key, string(c.Value))
	}
	row := bench.Row{Name: line.Name.String(), Iterations: []int{line.Iters}}
	if i := strings.LastIndexByte(row.Name, '-'); i >= 0 {
		if threads, err := strconv.Atoi(row.Name[i+1:]); err == nil {
			row.Name, r.Machine.Threads = row.Name[:i], threads
		}
	}
	for _, v := range line.Values {
		switch source, energy := strings.CutSuffix(v.Unit, energyUnit); {
		case row.Unit == "":
			row.Unit, row.Samples = v.Unit, []float64{v.Value}
		case v.Unit == peakUnit:
			row.PeakBytes = int64(v.Value)
		case energy:
			row.Energy = append(row.Energy, machine.Joules{Source: source, Joules: v.Value})
		case !strings.HasSuffix(v.Unit, shareUnit):
			row.Metrics = append(row.Metrics, bench.Metric{Unit: v.Unit, Value: v.Value})
		}
	}
	if row.Unit == "" {
		return fmt.Errorf("benchmark %s has no value", row.Name)
	}
	r.Add(row)
	return nil
}

// configure takes what it knows of a line of configuration.
func configure(r *bench.Report, key, value string) {
	m := &r.Machine
	switch key {
	case "goos":
		m.GOOS = value
	case "goarch":
		m.GOARCH = value
	case "cpu":
		m.CPU = value
	case "cores":
		m.Cores, _ = strconv.Atoi(value)
	case "memory":
		m.Memory = value
	case "os":
		m.OS = value
	case "kernel":
		m.Kernel = value
	case "go":
		m.Go = value
	case "gogc":
		m.GOGC = value
	}
}

var (
	remark  = regexp.MustCompile(`^# ([a-z-]+): (.*)$`)
	failure = regexp.MustCompile(`^--- FAIL: Benchmark(\S+?)(?:-\d+)?: (.*)$`)
)

// readRest reads the lines that are not of Go's format.
func readRest(r *bench.Report, text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := failure.FindStringSubmatch(line); m != nil {
			r.Add(bench.Row{Name: m[1], Unit: bench.Seconds, Failure: m[2]})
		}
		m := remark.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		switch key, value := m[1], m[2]; {
		case key == "commit":
			r.Commit = value
		case key == "date":
			r.Date, _ = time.Parse(time.RFC3339, value)
		case key == "load":
			r.Load = value
		case key == "command":
			r.Command = value
		case strings.HasPrefix(key, settingPrefix):
			r.Settings[strings.TrimPrefix(key, settingPrefix)] = value
		}
	}
}
