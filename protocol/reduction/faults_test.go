// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
)

// TestFaultRelations plants a fault for each relation that checks: without it, the
// verifier accepts a lie that it rejects otherwise.
func TestFaultRelations(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			whole := newPlan(t, s.Model())
			for _, f := range s.Faults() {
				exploits := s.Exploits(f)
				if len(exploits) == 0 {
					t.Errorf("without %s no lie passes", f.Name)
					continue
				}
				r := exploits[0]
				faulty, err := reduction.New(f.Model.System, reduction.Options{Vars: 8})
				if len(f.Model.System.Relations) == 0 || err != nil && strings.Contains(err.Error(), "no memberships") {
					continue // nothing is left to prove
				}
				if err != nil {
					t.Fatal(err)
				}
				if err := settingOf(faulty, r).forge(t, witnessOf(faulty, r), nil); err != nil {
					t.Errorf("without %s the lie does not pass: %v", f.Name, err)
				}
				w := reference.NewWitness(whole, r.Values(), scenario.Multiplicities(whole.System, r.Columns()))
				if settingOf(whole, r).forge(t, w, nil) == nil {
					t.Errorf("%s does not keep the lie from passing", f.Name)
				}
			}
		})
	}
}

// forged returns the setting and the witness of a lie; if it is about a virtual column,
// the witness has that column as told.
func forged(t *testing.T, name, lie string) (*setting, *reference.Witness) {
	t.Helper()
	s := scenario.Get(name)
	m := s.Model()
	plan := newPlan(t, m)
	r := s.Forge(m, s.Lie(lie))
	w := witnessOf(plan, r)
	if values, ok := r.Told(); ok {
		w = reference.NewWitness(plan, values, nil)
	}
	return settingOf(plan, r), w
}

// TestFaultLevel does not check the summands of a level at its point: the sum of a level
// is whatever the prover says.
func TestFaultLevel(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]string{"contract/activations": "a sum − 8", "contract/chained": "an inner sum − 8", "contract/weights": "two sums swapped", "max": "larger than all",
		"gather": "claims another word, Z of the claim"} { // of a virtual tensor
		set, w := forged(t, name, lie)
		if set.balance(t, w) == nil {
			t.Errorf("%s: %s: accepted", name, lie)
		}
		set.ignored = "the summands of a level at its point"
		if err := set.balance(t, w); err != nil {
			t.Errorf("%s: the planted fault was not exploited: %v", name, err)
		}
	}
}

// TestFaultOpening does not check the claims at the point of the opening.
func TestFaultOpening(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]string{"contract/activations": "a sum − 8", "statement": "claims another word, Z of the claim"} {
		set, w := forged(t, name, lie)
		if set.forge(t, w, nil) == nil {
			t.Errorf("%s: %s: accepted", name, lie)
		}
		set.ignored = "the columns at the point of the opening"
		if err := set.forge(t, w, nil); err != nil {
			t.Errorf("%s: the planted fault was not exploited: %v", name, err)
		}
	}
}

// TestFaultWords does not compare the words of the statement with those of the columns:
// their polynomial is the prover's to say.
func TestFaultWords(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	m := s.Model()
	r := s.Forge(m, s.Lie("claims another word, Z of the claim"))
	plan := newPlan(t, m)
	set, w := settingOf(plan, r), witnessOf(plan, r)
	if set.forge(t, w, nil) == nil {
		t.Error("another word is accepted")
	}
	words := r.Words()
	set.statement.Evaluate = func(z fr.Element) fr.Element { return statement.Evaluate(words, z) }
	if err := set.forge(t, w, nil); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

// A treeForger proves that other fractions than those of its columns sum to 0.
type treeForger struct {
	*reference.Prover
	forge func(num, den []fr.Element)
}

func (f *treeForger) Fractions(alpha, beta fr.Element) ([]fr.Element, fr.Element, fr.Element, error) {
	num, den := f.Witness.Leaves(alpha, beta)
	f.forge(num, den)
	return f.Sum(num, den)
}

// A trusting verifier believes that the values of the tree are those of the columns.
type trusting struct {
	*reduction.Reader[fr.Element]
	w    *reference.Witness
	p, q bool // what it does not check
}

func (v trusting) Fractions(alpha, beta fr.Element) ([]fr.Element, fr.Element, fr.Element, error) {
	z, p, q, err := v.Reader.Fractions(alpha, beta)
	if err != nil {
		return nil, p, q, err
	}
	num, den := v.w.Leaves(alpha, beta)
	if v.p {
		p = evaluate(z, num)
	}
	if v.q {
		q = evaluate(z, den)
	}
	return z, p, q, nil
}

// forgeTree forges a proof with other fractions.
func (s *setting) forgeTree(t *testing.T, w *reference.Witness, forge func(num, den []fr.Element)) error {
	t.Helper()
	p := &reference.Prover{Witness: w}
	return s.verify(w, s.run(t, p, &treeForger{p, forge}, nil))
}

// TestFaultNumerators drops the claim p(z): without numerators any fractions sum to 0.
func TestFaultNumerators(t *testing.T) {
	t.Parallel()
	set, w := forged(t, "rescale", "quotient + 1")
	noNumerators := func(num, _ []fr.Element) { clear(num) }
	if set.forgeTree(t, w, noNumerators) == nil {
		t.Error("fractions without numerators are accepted")
	}
	set.reads = func(r *reduction.Reader[fr.Element]) reduction.Party[fr.Element] {
		return trusting{Reader: r, w: w, p: true}
	}
	if err := set.forgeTree(t, w, noNumerators); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

// TestFaultDenominators drops the claim q(z): denominators that are all 1 make the sum
// that of the multiplicities less the number of queries.
func TestFaultDenominators(t *testing.T) {
	t.Parallel()
	s := scenario.Get("rescale")
	m := s.Model()
	plan := newPlan(t, m)
	r := s.Forge(m, s.Lie("quotient + 1"))
	addOne(&r.Counts()[0][0]) // for the query that is in no table
	set, w := settingOf(plan, r), witnessOf(plan, r)
	ones := func(_, den []fr.Element) {
		for i := range den {
			den[i].SetOne()
		}
	}
	if set.forgeTree(t, w, ones) == nil {
		t.Error("fractions of other denominators are accepted")
	}
	set.reads = func(r *reduction.Reader[fr.Element]) reduction.Party[fr.Element] {
		return trusting{Reader: r, w: w, q: true}
	}
	if err := set.forgeTree(t, w, ones); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

// A keeper does not take the sum of a level from the claim: the level is proved, but of
// nothing.
type keeper struct {
	reduction.Party[fr.Element]
	sum fr.Element
}

func (k *keeper) LevelSum(l *reduction.Level[fr.Element]) (zero fr.Element, err error) {
	k.sum, err = k.Party.LevelSum(l)
	return zero, err
}

func (k *keeper) LevelRounds(l *reduction.Level[fr.Element], _ fr.Element) ([]fr.Element, fr.Element, error) {
	return k.Party.LevelRounds(l, k.sum)
}

// TestFaultLevelSum subtracts no level sum: then all contractions may be 0.
func TestFaultLevelSum(t *testing.T) {
	t.Parallel()
	s := scenario.Get("contract/activations")
	m := s.Model()
	plan := newPlan(t, m)
	r := s.Honest(m)
	for i := range 4 {
		r.Change("acc", i, 0)
	}
	values, ok := r.Told()
	if !ok {
		t.Fatal("the lie is in columns")
	}
	w := reference.NewWitness(plan, values, nil)
	set := settingOf(plan, r)
	if set.forge(t, w, nil) == nil {
		t.Error("contractions that are 0 are accepted")
	}
	set.reads = func(r *reduction.Reader[fr.Element]) reduction.Party[fr.Element] { return &keeper{Party: r} }
	p := &reference.Prover{Witness: w}
	set.run(t, p, &keeper{Party: p}, nil)
	if err := set.verify(w, p.Messages); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

func evaluate(z, table []fr.Element) fr.Element {
	return mle.Evaluate(&arith.Native{}, z, table)
}

func addOne(x *fr.Element) {
	one := fr.One()
	x.Add(x, &one)
}
