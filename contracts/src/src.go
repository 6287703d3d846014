// SPDX-License-Identifier: Apache-2.0

// Package src holds the Solidity sources of the chain side as text, for programs that write contracts.
package src

import _ "embed"

// Statement is Statement.sol: the library that computes the public inputs D and E from calldata.
//
//go:embed Statement.sol
var Statement string
