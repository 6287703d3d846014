// SPDX-License-Identifier: Apache-2.0

// Package report writes what package bench holds: as Go's benchmark format, as JSON, as a
// page of HTML with plots, and as a table for a terminal. It reads the first two.
package report
