// SPDX-License-Identifier: Apache-2.0

package worker

import "syscall"

// attributes keep the child out of the reach of the terminal, whose interrupts are the
// parent's to handle, and end it with the parent.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
