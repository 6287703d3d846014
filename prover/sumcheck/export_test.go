// SPDX-License-Identifier: Apache-2.0

package sumcheck

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// OnSecrets calls do with what each attempt at a proof of j draws at random: salts, blinds and
// the coefficients of the mask.
func (j *Job) OnSecrets(do func([]fr.Element)) {
	j.testOnlyCommitted = func(a *attempt) {
		out := append([]fr.Element{a.salt}, a.result.Salts...)
		for k := range a.columns[:len(a.columns)-a.Plan.Layout.Model] {
			c := &a.columns[k]
			out = append(out, c.Blind)
			for _, e := range c.Extra {
				out = append(out, e.Value)
			}
		}
		do(out)
	}
}
