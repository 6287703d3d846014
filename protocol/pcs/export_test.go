// SPDX-License-Identifier: Apache-2.0

package pcs

// What the planted faults leave out, and the verifier that leaves it out.
const (
	ScalarCheck     = scalarCheck
	QuotientCheck   = quotientCheck
	BatchCheck      = batchCheck
	DegenerateCheck = degenerateCheck
	All             = all
)

// Checks is a set of parts of the verification.
type Checks = checks

// Check verifies with given challenges.
var Check = check
