// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/verifier/snark"

	psnark "github.com/zkml-go/zkml/prover/snark"
)

// checkCircuitSource reports an error unless the options name where the secrets of the
// Groth16 keys of a circuit come from.
func checkCircuitSource(system string, o *setupOptions) error {
	switch {
	case o.ceremony != "":
		return checkCeremony(o)
	case o.srs != "":
		return fmt.Errorf("--srs is for plonk, sumcheck and --ceremony: %s needs secrets for each circuit; %s", system, insecurely)
	case !o.insecure:
		return fmt.Errorf("no source of secrets: %s needs secrets for each circuit, which --ceremony gives; %s", system, insecurely)
	}
	return nil
}

// checkWrapSource is checkCircuitSource for the wrap of sumcheck, which also needs powers
// of tau.
func checkWrapSource(o *setupOptions) error {
	switch {
	case o.ceremony != "" && o.columnVars != 0:
		return errors.New("--column-vars is what the ceremony was begun with")
	case o.ceremony != "":
		return checkCeremony(o)
	case o.insecure:
		return nil // with or without powers of tau
	case o.srs != "":
		return errors.New("--srs gives the powers of tau; the Groth16 keys of the wrap need secrets of their own, which --ceremony gives; " +
			"--wrap plonk does without them; --insecure-setup has this process draw them, so that its maker can forge proofs")
	}
	return errors.New("no source of secrets: sumcheck needs powers of tau (--srs) and, for the Groth16 keys of the wrap, secrets of its own (--ceremony); " + insecurely)
}

func checkCeremony(o *setupOptions) error {
	switch {
	case o.insecure:
		return errors.New("--ceremony and --insecure-setup exclude each other")
	case o.srs == "":
		return errors.New("--ceremony needs the powers of tau that it started from: give --srs FILE.ptau")
	}
	return checkLeast(o.least)
}

func checkLeast(least int) error {
	if least < 1 {
		return fmt.Errorf("--min-contributions %d: without a contribution everybody can forge proofs", least)
	}
	return nil
}

// openCeremony opens the ceremony in a directory.
func openCeremony(dir string) (*ceremony.Ceremony, error) {
	c, err := ceremony.Open(dir)
	if err != nil {
		return nil, hinted("zkml ceremony init makes one", err)
	}
	return c, nil
}

// subject reports an error unless a ceremony is of keys that a system makes for a program.
// It sets the options that the circuit was built with.
func (o *setupOptions) subject(p *ir.Program, system proofSystem) error {
	if o.ceremony == "" {
		return nil
	}
	c, err := openCeremony(o.ceremony)
	if err != nil {
		return err
	}
	r := c.Record()
	switch {
	case r.Program != artifact.Hash(p.Digest()):
		return badf("ceremony %s: %w", o.ceremony, artifact.ErrMismatch)
	case r.System != system.name():
		return badf("ceremony %s: it makes keys of %s, not of %s", o.ceremony, r.System, system.name())
	}
	o.columnVars = r.ColumnVars
	return nil
}

// ceremonyKeys verifies the ceremony of a circuit and returns its keys and where they are
// from.
func ceremonyKeys(cs *psnark.ConstraintSystem, o *setupOptions) (*psnark.ProvingKey, string, error) {
	c, keys, err := verifyCeremony(cs, o)
	if err != nil {
		return nil, "", err
	}
	if keys == nil {
		return nil, "", hinted("zkml ceremony beacon ends it", fmt.Errorf("ceremony %s: it has no beacon", o.ceremony))
	}
	transcript, err := c.Transcript()
	if err != nil {
		return nil, "", err
	}
	pk, err := psnark.NewGroth16ProvingKey(cs, keys.ProvingKey, keys.VerifyingKey)
	if err != nil {
		return nil, "", badf("ceremony %s: %w", o.ceremony, err)
	}
	return pk, fmt.Sprintf("ceremony with %d contributions, transcript %v", len(c.Record().Contributions), transcript), nil
}

// verifyCeremony verifies a ceremony of a circuit. The keys are nil if it is not at its end.
func verifyCeremony(cs *psnark.ConstraintSystem, o *setupOptions) (*ceremony.Ceremony, *ceremony.Keys, error) {
	c, err := openCeremony(o.ceremony)
	if err != nil {
		return nil, nil, err
	}
	circuit, err := ceremonyCircuit(cs, o)
	if err != nil {
		return nil, nil, err
	}
	keys, err := c.Verify(circuit, o.least)
	if err != nil {
		return nil, nil, badf("ceremony %s: %w", o.ceremony, err)
	}
	return c, keys, nil
}

// ceremonyCircuit reads the powers of tau that a circuit needs.
func ceremonyCircuit(cs *psnark.ConstraintSystem, o *setupOptions) (*ceremony.Circuit, error) {
	file, err := openSRS(o.srs, o.srsHash)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if file.ptau == nil {
		return nil, badf("%s: not a .ptau file: a ceremony needs powers of tau times alpha and beta, which others do not have", o.srs)
	}
	circuit, err := ceremony.NewCircuit(cs.Rank1(), file.ptau)
	if err != nil {
		return nil, badf("%s: %w", o.srs, err)
	}
	return circuit, nil
}

func (s snarkSystem) circuit(e *env, p *ir.Program, name string, _ *setupOptions) (*psnark.ConstraintSystem, int, error) {
	_, cs, _, err := s.build(e, p, name)
	return cs, 0, err
}

func (sumcheckSystem) circuit(e *env, p *ir.Program, name string, o *setupOptions) (cs *psnark.ConstraintSystem, vars int, err error) {
	_, err = e.step("building the circuit of the wrap", func() error {
		_, plan, err := planWithin(p, o.columnVars, o.memory, snark.Groth16)
		if err != nil {
			return err
		}
		vars = plan.Layout.Vars
		cs, err = sumcheck.CompileWrap(plan, snark.Groth16)
		return err
	})
	if err != nil {
		return nil, 0, badf("%s: %w", name, err)
	}
	return cs, vars, nil
}

// wrapKeys returns the keys of a wrap that a ceremony made, or nil if there was none, and
// where the secrets of the sumcheck system's keys come from.
func (e *env) wrapKeys(cs *psnark.ConstraintSystem, o *setupOptions) (pk *psnark.ProvingKey, origin string, err error) {
	switch {
	case o.ceremony != "":
		_, err = e.step("verifying the ceremony", func() (err error) {
			pk, origin, err = ceremonyKeys(cs, o)
			return err
		})
		return pk, "powers of tau from a file; the keys of the wrap by a " + origin, err
	case o.srs != "" && o.insecure:
		return nil, "powers of tau from a file; the keys of the wrap insecure, by one process", nil
	case o.srs != "":
		return nil, "universal, from a file of powers of tau", nil
	}
	return nil, "insecure, by one process", nil
}
