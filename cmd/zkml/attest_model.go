// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain/platform"
)

// findModel finds the registered model to attest with, and refuses its fee if --pay does not cover it.
func (a *attesting) findModel() error {
	m := a.k.commitment("")
	if id := a.o.model; id != 0 {
		model, err := a.c.d.Model(a.ctx, a.c.Chain, id)
		if err != nil {
			return err
		}
		if !model.Is(m) {
			return hinted("zkml status --model shows a model", fmt.Errorf("model %d is not that of %s with its %s keys", id, a.b.Dir(), a.k.user.name()))
		}
		a.model = model
	} else {
		found, err := a.c.d.Find(a.ctx, a.c.Chain, m)
		if err != nil {
			return err
		}
		if a.model, err = choose(found, a.c.From()); err != nil {
			return fmt.Errorf("%s with its %s keys: %w", a.b.Dir(), a.k.user.name(), err)
		}
	}
	if a.model.Deprecated {
		return badf("the owner of model %d asks not to use it any more", a.model.ID)
	}
	if a.model.Fee.Cmp(a.o.most) > 0 {
		return hinted(fmt.Sprintf("--pay %swei pays it", a.model.Fee),
			fmt.Errorf("an attestation of model %d costs %s, --pay is %s", a.model.ID, amount(a.model.Fee), amount(a.o.most)))
	}
	return nil
}

// choose returns the model to attest with if the user names none: the newest of the account's own, or else the
// newest, if it has one owner. Anyone can register a commitment again, with a fee.
func choose(found []*platform.Model, account common.Address) (*platform.Model, error) {
	found = slices.DeleteFunc(found, func(m *platform.Model) bool { return m.Deprecated })
	if i := slices.IndexFunc(found, func(m *platform.Model) bool { return m.Owner == account }); i >= 0 {
		return found[i], nil
	}
	if len(found) == 0 {
		return nil, hinted("zkml register registers it", errors.New("the model is not registered on this chain"))
	}
	for _, m := range found {
		if m.Owner != found[0].Owner {
			return nil, hinted("--model-id says which; ask those whom the attestation is for", fmt.Errorf("models %d of %s and %d of %s are the same: which one?",
				found[0].ID, found[0].Owner, m.ID, m.Owner))
		}
	}
	return found[0], nil
}
