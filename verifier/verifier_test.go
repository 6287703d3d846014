// SPDX-License-Identifier: Apache-2.0

package verifier_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/zkml-go/zkml/verifier"
)

func TestRejectErrorIsErrRejected(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("lenet.zkp: %w", &verifier.RejectError{Reason: "pairing does not match"})
	if !errors.Is(err, verifier.ErrRejected) {
		t.Errorf("errors.Is(%v, ErrRejected) = false", err)
	}
	if got, want := err.Error(), "lenet.zkp: proof rejected: pairing does not match"; got != want {
		t.Errorf("message %q, want %q", got, want)
	}
	var reject *verifier.RejectError
	if !errors.As(err, &reject) || reject.Reason != "pairing does not match" {
		t.Errorf("errors.As found %+v", reject)
	}
}
