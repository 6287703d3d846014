// SPDX-License-Identifier: Apache-2.0

// Package machine says what measurements ran on: the processor and what surrounds it, how
// fast it multiplies and reads memory at best, how much memory a process took, and the
// energy that the machine reports.
package machine
