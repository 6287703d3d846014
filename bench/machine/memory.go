// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// ResetPeak makes PeakMemory forget what was, on systems that can.
func ResetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// PeakMemory returns the largest resident set of this process since its start or
// ResetPeak, in bytes, or 0 where the system does not tell.
func PeakMemory() int64 { return kibibytes(Field("/proc/self/status", "VmHWM")) }

// MemoryOf returns the resident set of a process and its largest so far, in bytes, or 0
// where the system does not tell.
func MemoryOf(pid int) (now, peak int64) {
	path := fmt.Sprintf("/proc/%d/status", pid)
	return kibibytes(Field(path, "VmRSS")), kibibytes(Field(path, "VmHWM"))
}

func kibibytes(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSuffix(s, " kB"), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// Sacrifice has the system end this process rather than another when memory runs out.
func Sacrifice() { _ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0) }
