// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/bench/machine"
)

// header prints where the numbers come from.
func header(w io.Writer) {
	m := machine.This()
	fmt.Fprintf(w, "goos: %s\ngoarch: %s\ngo: %s\n", m.GOOS, m.GOARCH, m.Go)
	fmt.Fprintf(w, "commit: %s\n", machine.Commit())
	fmt.Fprintf(w, "cpu: %s\ncores: %d\n", m.CPU, m.Cores)
	fmt.Fprintf(w, "memory: %s\n", m.Memory)
	fmt.Fprintf(w, "load: %s\n", machine.Load())
	fmt.Fprintf(w, "command: go run ./benches %s\n\n", strings.Join(os.Args[1:], " "))
}

// number formats integers without exponents.
func number(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		return strconv.FormatInt(int64(x), 10)
	}
	return strconv.FormatFloat(x, 'g', 5, 64)
}
