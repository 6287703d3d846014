// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// header prints where the numbers come from.
func header(w io.Writer) {
	fmt.Fprintf(w, "goos: %s\ngoarch: %s\ngo: %s\n", runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Fprintf(w, "commit: %s\n", commit())
	fmt.Fprintf(w, "cpu: %s\ncores: %d\n", field("/proc/cpuinfo", "model name"), runtime.NumCPU())
	fmt.Fprintf(w, "memory: %s\n", field("/proc/meminfo", "MemTotal"))
	fmt.Fprintf(w, "load: %s\n", load())
	fmt.Fprintf(w, "command: go run ./benches %s\n\n", strings.Join(os.Args[1:], " "))
}

// commit names the commit that was measured, and whether the tree differs from it.
func commit() string {
	out, err := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	id := strings.TrimSpace(string(out))
	if exec.Command("git", "diff", "--quiet", "HEAD").Run() != nil {
		id += " with changes"
	}
	return id
}

// field returns the value of the first "key: value" line of a file.
func field(path, key string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	for l := range strings.Lines(string(data)) {
		if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}

// load returns the load averages at the start: a busy machine shows.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(data))[:3], " ")
}

// number formats integers without exponents.
func number(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		return strconv.FormatInt(int64(x), 10)
	}
	return strconv.FormatFloat(x, 'g', 5, 64)
}
