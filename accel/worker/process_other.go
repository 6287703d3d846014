// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package worker

import "syscall"

func attributes() *syscall.SysProcAttr { return nil }
