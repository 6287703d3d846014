// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"

	"github.com/zkml-go/zkml/chain"
)

// asRevert returns why a contract refused a call, if that is what err says.
func asRevert(err error) (reason string, ok bool) {
	var r *chain.RevertError
	if errors.As(err, &r) {
		return r.Revert.String(), true
	}
	return "", false
}
