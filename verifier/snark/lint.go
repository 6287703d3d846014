// SPDX-License-Identifier: Apache-2.0

package snark

import "slices"

// A LintError says that a verifying key must not be used, and by which rule. Keys that break a rule
// verify honest proofs: only what the rule says tells them from good ones.
type LintError struct {
	System System
	Rule   string // name in the table of rules, such as "gamma-delta"
	Reason string
}

// Error names the system, the rule and the reason.
func (e *LintError) Error() string {
	return string(e.System) + " verifying key breaks rule " + e.Rule + ": " + e.Reason
}

// A rule is one thing that a sound key of type K satisfies. Rules run in order and may rely on those
// before them.
type rule[K any] struct {
	name  string
	check func(K) error
}

// Lint examines a key by the rules of its system, of which the last tries to forge proofs under it. It
// returns nil or a *LintError. Keys that this package returned have passed it.
//
// NB! Lint cannot tell whether somebody knows the secrets of the setup, only whether everybody does.
func Lint(vk *VerifyingKey) error {
	return lintWithout(vk)
}

// lintWithout is Lint with some rules disabled, by name, for tests that show what each is good for.
func lintWithout(vk *VerifyingKey, disabled ...string) error {
	switch {
	case vk == nil:
		return &LintError{Rule: "key", Reason: "no key"}
	case vk.groth16 != nil:
		return run(Groth16, groth16Rules, vk.groth16, disabled)
	case vk.plonk != nil:
		return run(Plonk, plonkRules, vk.plonk, disabled)
	}
	return &LintError{Rule: "key", Reason: "no key"}
}

func run[K any](system System, rules []rule[K], key K, disabled []string) error {
	for _, r := range rules {
		if slices.Contains(disabled, r.name) {
			continue
		}
		if err := r.check(key); err != nil {
			return &LintError{System: system, Rule: r.name, Reason: err.Error()}
		}
	}
	return nil
}

// named is a part of a key and what to call it.
type named[P any] struct {
	name  string
	point P
}
