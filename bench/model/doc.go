// SPDX-License-Identifier: Apache-2.0

// Package model measures proofs of whole models: trained ones of package examples and
// architectures of package zoo with seeded weights, in each proof system, by phase.
//
// Keys are made in the process that measures and are insecure. Making them is stages of
// its own, which the time of a proof does not have; a cold proof is the first with keys
// in memory, a warm one any other.
package model
