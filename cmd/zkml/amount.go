// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/big"
	"strings"
)

// denominations are what amounts may be in, as powers of ten of a wei.
var denominations = []struct {
	name   string
	digits int
}{{"ether", 18}, {"gwei", 9}, {"wei", 0}}

// parseAmount reads an amount of ether, such as 30gwei or 0.01ether, in wei. It is nil for "".
func parseAmount(s string) (*big.Int, error) {
	if s == "" {
		return nil, nil
	}
	for _, u := range denominations {
		number, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		whole, fraction, _ := strings.Cut(strings.TrimSpace(number), ".")
		digits := whole + fraction + strings.Repeat("0", max(0, u.digits-len(fraction)))
		if len(fraction) > u.digits || whole == "" || len(digits) > 77 || strings.Trim(digits, "0123456789") != "" {
			break
		}
		wei, _ := new(big.Int).SetString(digits, 10)
		return wei, nil
	}
	return nil, fmt.Errorf("amount %q: want a number with its unit, such as 30gwei, 0.01ether or 5wei", s)
}

// amount writes wei for people, exactly, in the largest unit that it has a thousandth of.
func amount(wei *big.Int) string {
	for _, u := range denominations {
		if len(wei.String()) <= u.digits-3 && u.digits > 0 || wei.Sign() == 0 && u.digits > 0 {
			continue
		}
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(u.digits)), nil)
		whole, rest := new(big.Int).QuoRem(wei, scale, new(big.Int))
		if rest.Sign() == 0 {
			return whole.String() + " " + u.name
		}
		return whole.String() + "." + strings.TrimRight(fmt.Sprintf("%0*s", u.digits, rest), "0") + " " + u.name
	}
	return wei.String() + " wei"
}
