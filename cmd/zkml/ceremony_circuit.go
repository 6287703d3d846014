// SPDX-License-Identifier: Apache-2.0

package main

import (
	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony"
	psnark "github.com/zkml-go/zkml/prover/snark"
)

// These steps of a ceremony need its circuit, which is built from the bundle.

// beginCeremony begins a ceremony.
func beginCeremony(e *env, o *ceremonyOptions, args []string) error {
	if err := parseHash(o.srsHash); err != nil {
		return err
	}
	system, err := parseSystem(o.system)
	if err != nil {
		return err
	}
	if system == plonkSystem {
		return usagef("--system plonk needs no ceremony of its own: zkml setup --srs takes the powers of tau")
	}
	if system == groth16System && o.columnVars != 0 {
		return usagef("--column-vars is for sumcheck")
	}
	b, err := openBundle(args[:1])
	if err != nil {
		return err
	}
	if err := writable(args[1]); err != nil {
		return err
	}
	cs, vars, err := system.circuit(e, b.Program(), b.Dir(), &o.setupOptions)
	if err != nil {
		return err
	}
	var circuit *ceremony.Circuit
	if _, err := e.step("checking the powers of tau", func() (err error) {
		circuit, err = ceremonyCircuit(cs, &o.setupOptions)
		return err
	}); err != nil {
		return err
	}
	var c *ceremony.Ceremony
	if _, err := e.write("making the initial state for "+thousands(cs.NumConstraints())+" constraints", func() (err error) {
		c, err = ceremony.Create(args[1], circuit, ceremony.Subject{System: system.name(), Program: b.Program().Digest(), ColumnVars: vars})
		return err
	}); err != nil {
		return bad(err)
	}
	out, err := newCeremonyResult(args[1], c)
	if err != nil {
		return err
	}
	return out.print(e, nextContribution)
}

// checkedCeremony verifies a ceremony, whether it is at its end or not.
func checkedCeremony(e *env, o *ceremonyOptions, args []string) error {
	if err := parseHash(o.srsHash); err != nil {
		return err
	}
	if err := checkLeast(o.least); err != nil {
		return usageError{err}
	}
	b, err := openBundle(args[:1])
	if err != nil {
		return err
	}
	c, err := openCeremony(args[1])
	if err != nil {
		return err
	}
	system, err := parseSystem(c.Record().System)
	if err != nil {
		return badf("ceremony %s: %w", args[1], err)
	}
	o.ceremony = args[1]
	if err := o.subject(b.Program(), system); err != nil {
		return err
	}
	cs, _, err := system.circuit(e, b.Program(), b.Dir(), &o.setupOptions)
	if err != nil {
		return err
	}
	var keys *ceremony.Keys
	if _, err := e.step("verifying the ceremony", func() (err error) {
		c, keys, err = verifyCeremony(cs, &o.setupOptions)
		return err
	}); err != nil {
		return err
	}
	out, err := newCeremonyResult(args[1], c)
	if err != nil {
		return err
	}
	out.Verified = true
	if keys == nil {
		return out.print(e, "zkml ceremony contribute, or beacon")
	}
	pk, err := psnark.NewGroth16ProvingKey(cs, keys.ProvingKey, keys.VerifyingKey)
	if err != nil {
		return badf("ceremony %s: %w", args[1], err)
	}
	digest, err := pk.VerifyingKey().Digest()
	if err != nil {
		return err
	}
	out.VKDigest = (*artifact.Hash)(&digest)
	return out.print(e, "zkml setup --ceremony "+args[1]+" makes the keys")
}
