// SPDX-License-Identifier: Apache-2.0

// Package compare compares two runs, row by row, as benchstat does: medians with their
// confidence intervals, and the Mann-Whitney U test (golang.org/x/perf/benchmath).
package compare
