// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
)

// late is a node whose pool refuses with an error for some calls.
type late struct {
	Backend
	refusals int
	err      error
	calls    int
}

func (l *late) SendTransaction(context.Context, *types.Transaction) error {
	l.calls++
	if l.calls <= l.refusals {
		return l.err
	}
	return nil
}

// TestPatient: a pool that lags behind the chain is asked again, and one with another reason is not.
func TestPatient(t *testing.T) {
	t.Parallel()
	lagging := &late{refusals: 3, err: fmt.Errorf("%w: balance 0", core.ErrInsufficientFunds)}
	if err := (patient{Backend: lagging}).SendTransaction(t.Context(), nil); err != nil || lagging.calls != 4 {
		t.Errorf("%d calls, %v", lagging.calls, err)
	}
	reason := errors.New("nonce too low")
	refusing := &late{refusals: 3, err: reason}
	if err := (patient{Backend: refusing}).SendTransaction(t.Context(), nil); !errors.Is(err, reason) || refusing.calls != 1 {
		t.Errorf("%d calls, %v", refusing.calls, err)
	}
}
