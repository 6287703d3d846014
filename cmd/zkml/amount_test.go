// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math/big"
	"strings"
	"testing"
)

func TestAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1wei": "1", "0wei": "0", "30gwei": "30000000000", "1.5gwei": "1500000000", "0.000000001gwei": "1",
		"2ether": "2000000000000000000", "0.01ether": "10000000000000000", "1 gwei": "1000000000",
	} {
		wei, err := parseAmount(text)
		if err != nil || wei.String() != want {
			t.Errorf("%q: got %v and error %v, want %s", text, wei, err, want)
		}
	}
	for _, text := range []string{"1", "gwei", ".5gwei", "-1wei", "+1wei", "1e3wei", "0.5wei", "0.0000000001gwei", "1,5gwei", "0x1wei", "1.2.3gwei", "1 000wei", "1kwei",
		strings.Repeat("9", 80) + "wei"} {
		if wei, err := parseAmount(text); err == nil {
			t.Errorf("%q: got %s, want an error", text, wei)
		}
	}
	if wei, err := parseAmount(""); wei != nil || err != nil {
		t.Errorf("nothing: got %s and error %v", wei, err)
	}
}

// TestAmountText wants amounts written exactly, so that they read back.
func TestAmountText(t *testing.T) {
	t.Parallel()
	for wei, want := range map[string]string{
		"0": "0 wei", "1": "1 wei", "999999": "999999 wei", "1000000": "0.001 gwei", "3000000000": "3 gwei", "1500000000": "1.5 gwei",
		"1000000000000000": "0.001 ether", "1000000000000000001": "1.000000000000000001 ether", "25000000000000000000": "25 ether",
	} {
		n, _ := new(big.Int).SetString(wei, 10)
		got := amount(n)
		if got != want {
			t.Errorf("%s wei: got %q, want %q", wei, got, want)
		}
		back, err := parseAmount(strings.ReplaceAll(got, " ", ""))
		if err != nil || back.Cmp(n) != 0 {
			t.Errorf("%q reads back as %s, error %v", got, back, err)
		}
	}
}
