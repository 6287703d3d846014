// SPDX-License-Identifier: Apache-2.0

// Package acceltest checks that a device computes what gnark-crypto does, and has devices
// that do not.
package acceltest
