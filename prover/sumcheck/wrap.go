// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// wrap proves knowledge of the messages.
func (a *attempt) wrap() error {
	if a.Wrap == nil || a.Key.wrap == nil {
		return errors.New("the key is for plain proofs only")
	}
	c, err := a.blank()
	if err != nil {
		return err
	}
	zeta := a.opened.Challenges.Zeta
	field := &arith.Native{}
	at := pcs.PointAt(field, a.params(), a.reduced.Point, zeta)
	out := &verifier.Proof{Columns: a.commits, Opening: &a.opened.Proof, V: a.reduced.Value, Rho: a.reduced.Rho, At: at}
	words := out.Words(a.seed, a.result.Public[1], a.result.Public[2])
	out.WrapZ = words.Challenge()
	c.Assign(words[:], words.Public(out.WrapZ))
	c.Salt = a.salt
	for i, m := range a.messages {
		c.Messages[i] = m
	}
	for i, s := range a.salts {
		c.Salts[i] = s
	}
	own := c.Own
	for i := range a.result.Claim.Commitments {
		if x := a.result.Claim.Commitments[i]; statement.IsColumnCommitment(&x) {
			kind := statement.ColumnKind()
			own[0] = *x.Sub(&x, &kind)
			own = own[1:]
		}
	}
	for i, words := range a.words {
		for j, w := range words {
			c.Tensors[i][j] = w
		}
	}
	var stats snark.Stats
	if out.Wrap, stats, err = snark.Prove(a.ctx, a.device, a.Wrap, a.Key.wrap, c); err != nil {
		return fmt.Errorf("wrap: %w", err)
	}
	a.clock.parts = []Phase{{Name: "witness", Time: stats.Witness}, {Name: "solve", Time: stats.Solve},
		{Name: "prove", Time: stats.Prove}, {Name: "verify", Time: stats.Verify}}
	a.result.Proof = out
	return nil
}
