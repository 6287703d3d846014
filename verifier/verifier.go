// SPDX-License-Identifier: Apache-2.0

// Package verifier says what rejection of a proof is. It decides nothing by itself: the packages below
// it check proofs, each for one kind of proof system.
package verifier

import "errors"

// ErrRejected is the root of every error that means "this proof does not prove this statement".
// Anything else that goes wrong around a proof, such as a file that cannot be read or a key that must
// not be trusted, does not wrap it.
var ErrRejected = errors.New("proof rejected")

// A RejectError is a rejection and its reason. It unwraps to ErrRejected.
type RejectError struct {
	Reason string // the first check that failed, lower case
}

// Error returns the reason after the words of ErrRejected.
func (e *RejectError) Error() string { return ErrRejected.Error() + ": " + e.Reason }

// Unwrap returns ErrRejected.
func (e *RejectError) Unwrap() error { return ErrRejected }
