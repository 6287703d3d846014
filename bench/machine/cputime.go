// SPDX-License-Identifier: Apache-2.0

//go:build unix

package machine

import "syscall"

// CPUTime returns the seconds that all threads of this process have computed: on a
// machine that others use, too, it says more than the time that passed.
func CPUTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(u.Utime) + seconds(u.Stime)
}
