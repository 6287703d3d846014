// SPDX-License-Identifier: Apache-2.0

package ceremony_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	update "github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A ceremony from the powers of tau to a proof, with and without a commitment.
func TestCeremony(t *testing.T) {
	t.Parallel()
	for _, committed := range []bool{false, true} {
		t.Run(fmt.Sprint(committed), func(t *testing.T) {
			t.Parallel()
			r := compile(t, &toy{Range: committed, Five: 5})
			circuit := newCircuit(t, r, powers()[0])
			_, dir := hold(t, circuit, 1)
			if _, err := reopen(t, dir).Contribute("another", []byte("dice")); err != nil {
				t.Fatal(err)
			}
			c := reopen(t, dir)
			if keys, err := c.Verify(circuit, 2); err != nil || keys != nil {
				t.Errorf("before the beacon: keys %v, error %v, want neither", keys, err)
			}
			if err := c.SetBeacon(beacon); err != nil {
				t.Fatal(err)
			}
			c = reopen(t, dir)
			keys, err := c.Verify(circuit, 2)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := snark.NewGroth16VerifyingKey(keys.VerifyingKey, false); err != nil {
				t.Errorf("the lint refuses the key: %v", err)
			}
			proves(t, r, keys)

			// Everybody gets the same keys, whatever compiled the circuit.
			again, err := c.Verify(newCircuit(t, compile(t, &toy{Range: committed, Five: 5}), powers()[0]), 2)
			if err != nil {
				t.Fatal(err)
			}
			if again.VerifyingKey.G1.Delta != keys.VerifyingKey.G1.Delta {
				t.Error("the same ceremony has two keys")
			}
			record := c.Record()
			if len(record.Contributions) != 2 || record.Contributions[1].Name != "another" {
				t.Errorf("record %+v", record)
			}
			for i, made := range record.Contributions {
				if got := artifact.Hash(sha256.Sum256(read(t, dir, fmt.Sprintf("%04d.phase2", i+1)))); got != made.Hash {
					t.Errorf("contribution %d has hash %v, the record %v", i+1, got, made.Hash)
				}
			}
		})
	}
}

// gnark takes a ceremony without contributions, whose keys everybody can forge proofs with.
func TestZeroContributions(t *testing.T) {
	t.Parallel()
	r := compile(t, &toy{Five: 5})
	circuit := newCircuit(t, r, powers()[0])
	c, dir := hold(t, circuit, 0)
	if err := c.SetBeacon(beacon); err == nil {
		t.Error("a beacon without a contribution")
	}
	for _, least := range []int{0, -1} {
		if _, err := c.Verify(circuit, least); err == nil {
			t.Errorf("at least %d contributions are enough", least)
		}
	}
	if _, err := c.Verify(circuit, 1); err == nil || !strings.Contains(err.Error(), "0 contributions, want at least 1") {
		t.Errorf("got %v", err)
	}
	// A record written by hand does not pass, either.
	hash := c.Record().Initial
	record := strings.Replace(string(read(t, dir, "ceremony.json")), `"contributions": []`,
		fmt.Sprintf(`"contributions": [], "beacon": {"value": "0x%x", "after": "%v"}`, beacon, hash), 1)
	write(t, dir, "ceremony.json", []byte(record))
	if _, err := ceremony.Open(dir); err == nil || !strings.Contains(err.Error(), "the beacon is not of the last contribution") {
		t.Errorf("got %v", err)
	}
	// What gnark makes of it: δ follows from the circuit, the powers of tau and the beacon.
	var initial mpcsetup.Phase2
	evaluations := initial.Initialize(r, ceremony.Powers(circuit))
	initial.Challenge = ceremony.Begin(circuit)
	_, vk := initial.Seal(ceremony.Powers(circuit), &evaluations, beacon)
	delta := update.BeaconContributions(hash[:], []byte("Groth16 MPC Setup - Phase2"), beacon, 1)
	// With it, everybody proves anything: A = α, B = β, C = −L/δ, where L is the sum of the public inputs.
	key := ceremony.Gnark(vk)
	falsehood := fr.Vector{fr.NewElement(1), fr.NewElement(2), fr.NewElement(3)}
	var l, forged curve.G1Affine
	if _, err := l.MultiExp(key.G1.K, append(fr.Vector{fr.One()}, falsehood...), ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	delta[0].Inverse(&delta[0]).Neg(&delta[0])
	forged.ScalarMultiplication(&l, delta[0].BigInt(new(big.Int)))
	proof := &groth16.Proof{Ar: key.G1.Alpha, Bs: key.G2.Beta, Krs: forged}
	if err := groth16.Verify(proof, key, falsehood); err != nil {
		t.Errorf("gnark rejects the forgery (%v): this test shows nothing", err)
	}
	contribute(t, c)
	if err := c.SetBeacon(beacon); err != nil {
		t.Fatal(err)
	}
	keys, err := c.Verify(circuit, 1)
	if err != nil {
		t.Fatal(err)
	}
	proof.Ar, proof.Bs = keys.VerifyingKey.G1.Alpha, keys.VerifyingKey.G2.Beta
	if groth16.Verify(proof, keys.VerifyingKey, falsehood) == nil {
		t.Error("the same forgery is accepted with a contribution")
	}
}

// The number of contributions that is asked for.
func TestLeastContributions(t *testing.T) {
	t.Parallel()
	circuit := newCircuit(t, compile(t, &toy{Five: 5}), powers()[0])
	c, _ := hold(t, circuit, 1)
	if err := c.SetBeacon(beacon); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Verify(circuit, ceremony.DefaultContributions); err == nil || !strings.Contains(err.Error(), "1 contributions, want at least 2") {
		t.Errorf("got %v", err)
	}
	if _, err := c.Verify(circuit, 1); err != nil {
		t.Error(err)
	}
}

// Ceremonies of something else.
func TestRefusesOthers(t *testing.T) {
	t.Parallel()
	r := compile(t, &toy{Five: 5})
	circuit := newCircuit(t, r, powers()[0])
	c, dir := hold(t, circuit, 2)
	for name, o := range map[string]struct {
		circuit *ceremony.Circuit
		want    string
	}{
		"another constant":     {newCircuit(t, compile(t, &toy{Five: 6}), powers()[0]), "another circuit"},
		"another circuit":      {newCircuit(t, compile(t, &toy{Range: true, Five: 5}), powers()[0]), "another circuit"},
		"other powers of tau":  {newCircuit(t, r, powers()[1]), "other powers of tau"},
		"of the same ceremony": {circuit, ""},
	} {
		if _, err := c.Verify(o.circuit, 2); (o.want == "") != (err == nil) || (err != nil && !strings.Contains(err.Error(), o.want)) {
			t.Errorf("%s: got %v, want %q", name, err, o.want)
		}
	}
	// A record that claims to be of another circuit, or of other powers: the states tell. (That of the
	// circuit with another constant has the same points: its hash is all that differs.)
	for name, other := range map[string]*ceremony.Circuit{
		"circuit": newCircuit(t, compile(t, &toy{Five: 6}), powers()[0]),
		"powers":  newCircuit(t, r, powers()[1]),
	} {
		_, otherDir := hold(t, other, 0)
		record, theirs := reopen(t, dir).Record(), reopen(t, otherDir).Record()
		text := string(read(t, dir, "ceremony.json"))
		text = strings.Replace(text, record.Circuit.String(), theirs.Circuit.String(), 1)
		text = strings.Replace(text, record.Powers.String(), theirs.Powers.String(), 1)
		write(t, otherDir, "ceremony.json", []byte(text))
		const initial = "the initial state is not that of the circuit"
		if _, err := reopen(t, otherDir).Verify(other, 2); err == nil || !strings.Contains(err.Error(), initial) {
			t.Errorf("%s: got %v, want %q", name, err, initial)
		}
		// And with the other initial state: the first contribution is not to it.
		text = strings.Replace(text, record.Initial.String(), theirs.Initial.String(), 1)
		write(t, otherDir, "ceremony.json", []byte(text))
		for _, file := range []string{"0001.phase2", "0002.phase2"} {
			write(t, otherDir, file, read(t, dir, file))
		}
		const follow = "contribution 1: it does not follow the one before"
		if _, err := reopen(t, otherDir).Verify(other, 2); err == nil || !strings.Contains(err.Error(), follow) {
			t.Errorf("%s: got %v, want %q", name, err, follow)
		}
	}
}

// Transcripts that somebody changed, with the hashes in the record made to fit.
func TestRefusesAlteredTranscripts(t *testing.T) {
	t.Parallel()
	circuit := newCircuit(t, compile(t, &toy{Range: true, Five: 5}), powers()[0])
	_, dir := hold(t, circuit, 3)
	_, otherDir := hold(t, circuit, 3)
	second := func(change func(p *mpcsetup.Phase2)) map[int][]byte {
		p, err := ceremony.Decode(read(t, dir, "0002.phase2"))
		if err != nil {
			t.Fatal(err)
		}
		change(p)
		return map[int][]byte{2: ceremony.Encode(p)}
	}
	state := func(dir string, i int) []byte { return read(t, dir, fmt.Sprintf("%04d.phase2", i)) }
	const follow = "does not follow the one before"
	for name, c := range map[string]struct {
		files map[int][]byte
		want  string
	}{
		"unchanged":                 {map[int][]byte{}, ""},
		"another's contribution":    {map[int][]byte{2: state(otherDir, 2)}, "contribution 2: it " + follow},
		"another's first":           {map[int][]byte{1: state(otherDir, 1)}, "contribution 2: it " + follow},
		"in another order":          {map[int][]byte{1: state(dir, 2), 2: state(dir, 1)}, "contribution 1: it " + follow},
		"the last two swapped":      {map[int][]byte{2: state(dir, 3), 3: state(dir, 2)}, "contribution 2: it " + follow},
		"a contribution twice":      {map[int][]byte{2: state(dir, 1)}, "contribution 2: it " + follow},
		"the initial state":         {map[int][]byte{1: state(dir, 0)}, "contribution 1: it " + follow},
		"no hash of the one before": {second(func(p *mpcsetup.Phase2) { p.Challenge = nil }), "contribution 2: it " + follow},
		"another delta":             {second(func(p *mpcsetup.Phase2) { p.Parameters.G1.Delta.Double(&p.Parameters.G1.Delta) }), "contribution 2: failed to verify contribution to δ"},
		"another delta in G2":       {second(func(p *mpcsetup.Phase2) { p.Parameters.G2.Delta.Double(&p.Parameters.G2.Delta) }), "contribution 2: failed to verify contribution to δ"},
		"another sigma":             {second(func(p *mpcsetup.Phase2) { p.Parameters.G2.Sigma[0].Double(&p.Parameters.G2.Sigma[0]) }), "contribution 2: failed to verify contribution to σ"},
		"another base of K": {second(func(p *mpcsetup.Phase2) {
			k := p.Parameters.G1.PKK
			k[len(k)-1].Neg(&k[len(k)-1])
		}), "contribution 2: failed to verify contribution to δ"},
		"another base of Z":           {second(func(p *mpcsetup.Phase2) { z := p.Parameters.G1.Z; z[3] = z[4] }), "contribution 2: failed to verify contribution to δ"},
		"another base of commitments": {second(func(p *mpcsetup.Phase2) { b := p.Parameters.G1.SigmaCKK[0]; b[0] = b[1] }), "contribution 2: failed to verify contribution to σ"},
		"fewer bases of Z":            {second(func(p *mpcsetup.Phase2) { p.Parameters.G1.Z = p.Parameters.G1.Z[1:] }), "contribution 2: contribution size mismatch"},
		"proof of the first":          {second(func(p *mpcsetup.Phase2) { p.Delta = ceremony.MustDecode(state(dir, 1)).Delta }), "contribution 2: failed to verify contribution to δ"},
		"proof of a factor 1": {map[int][]byte{2: factorOne(ceremony.MustDecode(state(dir, 1)), reopen(t, dir).Record().Contributions[0].Hash)},
			"contribution 2: its factor is 1"},
	} {
		copied := t.TempDir()
		text := string(read(t, dir, "ceremony.json"))
		var hashes []string // that the record has, and should have
		for i := range 4 {
			old := state(dir, i)
			data, ok := c.files[i]
			if !ok {
				data = old
			}
			write(t, copied, fmt.Sprintf("%04d.phase2", i), data)
			for _, b := range [][]byte{old, data} {
				hashes = append(hashes, artifact.Hash(sha256.Sum256(b)).String())
			}
		}
		text = strings.NewReplacer(hashes...).Replace(text)
		write(t, copied, "ceremony.json", []byte(text))
		_, err := reopen(t, copied).Verify(circuit, 1)
		if (c.want == "") != (err == nil) || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if len(c.files) == 0 {
			continue
		}
		// With the hashes of the record as they were, the file alone is refused.
		write(t, copied, "ceremony.json", read(t, dir, "ceremony.json"))
		if _, err := reopen(t, copied).Verify(circuit, 1); err == nil || !strings.Contains(err.Error(), "was altered") {
			t.Errorf("%s: got %v, want that a file was altered", name, err)
		}
	}
}

// A file that is larger than a state of the circuit can be is not read. It is a sparse one, of more bytes than
// there is memory.
func TestRefusesLargeStates(t *testing.T) {
	t.Parallel()
	circuit := newCircuit(t, compile(t, &toy{Range: true, Five: 5}), powers()[0])
	c, dir := hold(t, circuit, 1)
	if err := os.Truncate(filepath.Join(dir, "0001.phase2"), 1<<40); err != nil {
		t.Fatal(err)
	}
	_, contributed := c.Contribute("somebody", nil)
	_, verified := c.Verify(circuit, 1)
	for what, err := range map[string]error{"contribute": contributed, "verify": verified} {
		if err == nil || !strings.Contains(err.Error(), "1099511627776 bytes, at most") {
			t.Errorf("%s: got error %v, want that the file is too large", what, err)
		}
	}
	text := read(t, dir, "ceremony.json")
	constraints := fmt.Sprintf(`"constraints": %d`, c.Record().Constraints)
	write(t, dir, "ceremony.json", bytes.Replace(text, []byte(constraints), []byte(`"constraints": 268435457`), 1))
	if _, err := ceremony.Open(dir); err == nil || !strings.Contains(err.Error(), "268435457 constraints") {
		t.Errorf("got error %v for a record of more constraints than there are powers of tau", err)
	}
}

// factorOne returns a contribution that changes nothing, with an honest proof.
func factorOne(p *mpcsetup.Phase2, hash artifact.Hash) []byte {
	p.Challenge = hash[:]
	one := ceremony.One()
	p.Delta = update.UpdateValues(&one, p.Challenge, mpcsetup.DST_DELTA)
	for i := range p.Sigmas {
		p.Sigmas[i] = update.UpdateValues(&one, p.Challenge, mpcsetup.DST_SIGMA+byte(i))
	}
	return ceremony.Encode(p)
}

// What is fixed stays so.
func TestOrderOfSteps(t *testing.T) {
	t.Parallel()
	circuit := newCircuit(t, compile(t, &toy{Five: 5}), powers()[0])
	c, dir := hold(t, circuit, 1)
	if _, err := ceremony.Create(dir, circuit, ceremony.Subject{}); err == nil {
		t.Error("a ceremony in place of another")
	}
	for _, n := range []int{0, ceremony.MinBeacon - 1, ceremony.MaxBeacon + 1} {
		if err := c.SetBeacon(make([]byte, n)); err == nil {
			t.Errorf("a beacon of %d bytes", n)
		}
	}
	if _, err := c.Contribute("two\nlines", nil); err == nil {
		t.Error("a name of two lines")
	}
	if err := c.SetBeacon(beacon); err != nil {
		t.Fatal(err)
	}
	if err := c.SetBeacon(beacon); err == nil {
		t.Error("a second beacon")
	}
	if _, err := reopen(t, dir).Contribute("", nil); err == nil {
		t.Error("a contribution after the beacon")
	}
	// Nor does another beacon go with other keys unseen: the transcript's hash is another.
	before, err := c.Transcript()
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "ceremony.json", []byte(strings.Replace(string(read(t, dir, "ceremony.json")), "0x07", "0x08", 1)))
	if after, err := reopen(t, dir).Transcript(); err != nil || before == after {
		t.Errorf("the transcript's hash is %v before and after (%v)", after, err)
	}
	if _, err := ceremony.Open(t.TempDir()); !errors.Is(err, errNotExist) {
		t.Errorf("an empty directory: %v", err)
	}
}
