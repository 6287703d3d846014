// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony"
)

var ceremonyCommand = &command{
	name:  "ceremony",
	short: "make Groth16 keys with secrets that nobody has",
	args:  "init|contribute|beacon|verify [DIR.zkml] CEREMONY [--srs FILE.ptau]",
	long: `
Ceremony makes the Groth16 keys of a compiled model, or of the wrap of sumcheck,
by several parties, of whom one honest one suffices: only all of them together
could forge proofs. A ceremony is a directory that they hand on.

    init        begin one: DIR.zkml CEREMONY --srs FILE.ptau [--system SYSTEM]
    contribute  multiply the secrets by a random factor, which is forgotten:
                CEREMONY [--name NAME] [--entropy FILE]
    beacon      end it with a public random value: CEREMONY --value HEX
    verify      check all of it: DIR.zkml CEREMONY --srs FILE.ptau

Then zkml setup DIR.zkml --ceremony CEREMONY --srs FILE.ptau, which verifies once
more, makes keys that are not marked as insecure.

Contribute prints a hash. Its contributor publishes it, and looks for it in what
verify prints. The beacon must be a value that nobody could know when the last
contribution was published, and that everybody can look up: of a public source
and a time that were named before.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &ceremonyOptions{}
		f.StringVar(&o.srs, "srs", "", "init, verify: powers of tau, a .ptau `FILE`")
		f.StringVar(&o.srsHash, "srs-sha256", "", "init, verify: refuse another file of powers of tau than the one with this `HASH`")
		f.StringVar(&o.system, "system", "groth16", "init: the proof `SYSTEM`, groth16 or sumcheck")
		f.IntVar(&o.columnVars, "column-vars", 0, "init: sumcheck: have columns of 2^`N` elements; default: by cost")
		f.StringVar(&o.name, "name", "", "contribute: what the contributor calls himself, a `NAME`")
		f.StringVar(&o.entropy, "entropy", "", "contribute: mix a `FILE` into the random numbers of the system")
		f.StringVar(&o.value, "value", "", "beacon: the random value, 32 to 64 bytes in `HEX`")
		f.IntVar(&o.least, "min-contributions", ceremony.DefaultContributions, "verify: "+leastFlag)
		return func(e *env, args []string) error {
			if len(args) == 0 {
				return usagef("no step: want init, contribute, beacon or verify")
			}
			v := ceremonySteps[args[0]]
			if v == nil {
				return usagef("unknown step %q: want init, contribute, beacon or verify", args[0])
			}
			if err := v.check(f, args[1:]); err != nil {
				return usagef("ceremony %s: %w", args[0], err)
			}
			return v.run(e, o, args[1:])
		}
	},
}

const leastFlag = "refuse a ceremony with less than `N` contributions"

type ceremonyOptions struct {
	setupOptions
	system, name, entropy, value string
}

// A ceremonyStep is what a ceremony is made of.
type ceremonyStep struct {
	args  []string // what the arguments are
	flags []string // that it takes besides --json; the first is needed
	needs bool
	run   func(e *env, o *ceremonyOptions, args []string) error
}

var ceremonySteps = map[string]*ceremonyStep{
	"init":       {[]string{"DIR.zkml", "CEREMONY"}, []string{"srs", "srs-sha256", "system", "column-vars"}, true, beginCeremony},
	"contribute": {[]string{"CEREMONY"}, []string{"name", "entropy"}, false, contribute},
	"beacon":     {[]string{"CEREMONY"}, []string{"value"}, true, setBeacon},
	"verify":     {[]string{"DIR.zkml", "CEREMONY"}, []string{"srs", "srs-sha256", "min-contributions"}, true, checkedCeremony},
}

// check reports an error unless the arguments and flags are those of the step.
func (s *ceremonyStep) check(f *flag.FlagSet, args []string) (err error) {
	if len(args) != len(s.args) {
		return fmt.Errorf("%d arguments, want %s", len(args), strings.Join(s.args, " "))
	}
	given := false
	f.Visit(func(x *flag.Flag) {
		given = given || x.Name == s.flags[0]
		if x.Name != "json" && !slices.Contains(s.flags, x.Name) {
			err = fmt.Errorf("--%s is for another step", x.Name)
		}
	})
	if err == nil && s.needs && !given {
		err = fmt.Errorf("give --%s", s.flags[0])
	}
	return err
}

// A ceremonyResult is what the steps print.
type ceremonyResult struct {
	Ceremony      string                  `json:"ceremony"`
	System        string                  `json:"system"`
	Constraints   int                     `json:"constraints"`
	Circuit       artifact.Hash           `json:"circuit"`
	Powers        artifact.Hash           `json:"powers_of_tau"`
	Initial       artifact.Hash           `json:"initial"`
	Contributions []ceremony.Contribution `json:"contributions"`
	Beacon        artifact.Bytes          `json:"beacon,omitempty"`
	Transcript    artifact.Hash           `json:"transcript"`
	Verified      bool                    `json:"verified"`
	Complete      bool                    `json:"complete"`
	VKDigest      *artifact.Hash          `json:"vk_digest,omitempty"` // of the circuit's key
}

func newCeremonyResult(dir string, c *ceremony.Ceremony) (*ceremonyResult, error) {
	r := c.Record()
	transcript, err := c.Transcript()
	out := &ceremonyResult{Ceremony: dir, System: r.System, Constraints: r.Constraints, Circuit: r.Circuit, Powers: r.Powers,
		Initial: r.Initial, Contributions: r.Contributions, Transcript: transcript, Complete: r.Beacon != nil}
	if r.Beacon != nil {
		out.Beacon = r.Beacon.Value
	}
	return out, err
}

// print prints a result, with a last line that says what is next.
func (r *ceremonyResult) print(e *env, next string) error {
	rows := []row{{"ceremony", r.Ceremony}, {"system", r.System}, {"constraints", thousands(r.Constraints)},
		{"circuit", r.Circuit.String()}, {"powers of tau", r.Powers.String()}, {"initial state", r.Initial.String()}}
	for i, c := range r.Contributions {
		rows = append(rows, row{fmt.Sprintf("contribution %d", i+1), strings.TrimSpace(c.Hash.String() + " " + c.Name)})
	}
	if r.Complete {
		rows = append(rows, row{"beacon", "0x" + hex.EncodeToString(r.Beacon)}, row{"transcript", r.Transcript.String()})
	}
	if r.VKDigest != nil {
		rows = append(rows, row{"verifying key", r.VKDigest.String()})
	}
	if r.Verified {
		rows = append(rows, row{"verdict", "every contribution follows from the one before"})
	}
	return e.result(r, append(rows, row{"next", next}))
}

const nextContribution = "zkml ceremony contribute, by others"

// contribute adds a contribution to a ceremony.
func contribute(e *env, o *ceremonyOptions, args []string) error {
	c, err := openCeremony(args[0])
	if err != nil {
		return err
	}
	var extra []byte
	if o.entropy != "" {
		if extra, err = readFile(o.entropy, 1<<20); err != nil {
			return bad(err)
		}
		if len(extra) == 0 {
			return badf("%s is empty", o.entropy)
		}
	}
	if _, err := e.write("contributing", func() error {
		_, err := c.Contribute(o.name, extra)
		return err
	}); err != nil {
		return bad(err)
	}
	out, err := newCeremonyResult(args[0], c)
	if err != nil {
		return err
	}
	return out.print(e, "publish the hash of your contribution; "+nextContribution+", or zkml ceremony beacon")
}

// setBeacon ends a ceremony.
func setBeacon(e *env, o *ceremonyOptions, args []string) error {
	c, err := openCeremony(args[0])
	if err != nil {
		return err
	}
	value, err := hex.DecodeString(strings.TrimPrefix(o.value, "0x"))
	if err != nil {
		return usagef("--value %q: %w", o.value, err)
	}
	if err := c.SetBeacon(value); err != nil {
		return bad(err)
	}
	out, err := newCeremonyResult(args[0], c)
	if err != nil {
		return err
	}
	return out.print(e, "zkml setup --ceremony "+args[0]+" verifies it and makes the keys")
}
