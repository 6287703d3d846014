// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/bench/machine"
)

// peakRSS returns the largest resident set of this process so far, in bytes. On
// systems that do not tell, it is what the Go runtime has taken from them.
func peakRSS() int64 {
	if peak := machine.PeakMemory(); peak > 0 {
		return peak
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}

// units are the suffixes of sizes.
var units = map[string]int64{"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
	"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}

// parseMemory reads a number of bytes, which may have a unit. "" is 0, no cap.
func parseMemory(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	digits := strings.TrimRight(s, "BKMGTi")
	unit, ok := units[s[len(digits):]]
	x, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if x *= float64(unit); !ok || err != nil || !(x >= 1 && x < math.MaxInt64) {
		return 0, fmt.Errorf("memory %q, want a number of bytes such as 500MB or 4GiB", s)
	}
	return int64(x), nil
}

// capMemory has the garbage collector keep under a cap, if there is one: it lets memory
// grow to twice what is in use otherwise.
func capMemory(limit int64) {
	if limit > 0 {
		debug.SetMemoryLimit(limit)
	}
}
