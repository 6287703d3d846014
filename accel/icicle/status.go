// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"

	"github.com/zkml-go/zkml/accel"
)

// A status is eIcicleError.
type status int32

const (
	success          status = 0
	outOfMemory      status = 2
	allocationFailed status = 4
	notImplemented   status = 10
)

var statusNames = [...]string{
	"SUCCESS", "INVALID_DEVICE", "OUT_OF_MEMORY", "INVALID_POINTER", "ALLOCATION_FAILED",
	"DEALLOCATION_FAILED", "COPY_FAILED", "SYNCHRONIZATION_FAILED", "STREAM_CREATION_FAILED",
	"STREAM_DESTRUCTION_FAILED", "API_NOT_IMPLEMENTED", "INVALID_ARGUMENT",
	"BACKEND_LOAD_FAILED", "LICENSE_CHECK_ERROR", "UNKNOWN_ERROR",
}

// String returns ICICLE's name of the status.
func (s status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("eIcicleError %d", int32(s))
	}
	return statusNames[s]
}

// check returns the error that a function of ICICLE reports.
func check(function string, s status) error {
	switch s {
	case success:
		return nil
	case outOfMemory, allocationFailed:
		return fmt.Errorf("icicle: %s: %s: %w", function, s, accel.ErrMemory)
	}
	return fmt.Errorf("icicle: %s: %s: %w", function, s, accel.ErrFault)
}
