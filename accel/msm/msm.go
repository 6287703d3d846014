// SPDX-License-Identifier: Apache-2.0

// Package msm computes sums ∑ xᵢ·Pᵢ of points of G1 for small integers xᵢ, much faster
// than for field elements.
package msm
