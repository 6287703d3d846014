// SPDX-License-Identifier: Apache-2.0

//go:build unix

package artifact

import (
	"errors"
	"os"
	"syscall"
)

// lock waits until no other process or goroutine holds the directory's lock and
// takes it. The lock ends with unlock or with the process.
func lock(root *os.Root) (unlock func(), err error) {
	d, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX)
		if err == nil {
			return func() { d.Close() }, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			d.Close()
			return nil, os.NewSyscallError("flock", err)
		}
	}
}
