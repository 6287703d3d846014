// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/statement"
)

// creditTree is a decision tree over income in thousands, debt in percent of it, years with the bank, and
// missed payments, each from 0 to 255. It gives a score from 5 to 90.
func creditTree() onnxwrite.Model {
	const income, debt, years, missed = 0, 1, 2, 3
	type node struct {
		feature   int64
		atMost    float32 // goes to yes if the figure is at most that
		yes, no   int64
		score     float32 // of a leaf
		isVerdict bool
	}
	leaf := func(score float32) node { return node{score: score, isVerdict: true} }
	nodes := []node{
		{feature: missed, atMost: 1, yes: 1, no: 2},
		{feature: debt, atMost: 40, yes: 3, no: 4},
		{feature: years, atMost: 8, yes: 9, no: 10},
		{feature: income, atMost: 20, yes: 5, no: 6},
		{feature: income, atMost: 80, yes: 7, no: 8},
		leaf(55), leaf(90), leaf(30), leaf(65), leaf(5), leaf(45),
	}
	var trees, ids, features, yes, no, leafTrees, leaves, targets []int64
	var values, weights []float32
	var modes []string
	for id, n := range nodes {
		trees, ids, features = append(trees, 0), append(ids, int64(id)), append(features, n.feature)
		values, yes, no = append(values, n.atMost), append(yes, n.yes), append(no, n.no)
		if !n.isVerdict {
			modes = append(modes, "BRANCH_LEQ")
			continue
		}
		modes = append(modes, "LEAF")
		leafTrees, leaves, targets = append(leafTrees, 0), append(leaves, int64(id)), append(targets, 0)
		weights = append(weights, n.score)
	}
	return onnxwrite.Model{
		IRVersion: 8, Opsets: map[string]int64{"": 17, "ai.onnx.ml": 3},
		Inputs:  []onnxwrite.Value{{Name: "figures", Type: onnxwrite.Types["int64"], Dims: []any{1, 4}}},
		Outputs: []onnxwrite.Value{{Name: "score", Type: onnxwrite.Types["float"], Dims: []any{1, 1}}},
		Nodes: []onnxwrite.Node{{
			Op: "TreeEnsembleRegressor", Domain: "ai.onnx.ml", In: []string{"figures"}, Out: []string{"score"},
			Attrs: map[string]any{
				"n_targets": int64(1), "nodes_treeids": trees, "nodes_nodeids": ids, "nodes_featureids": features,
				"nodes_values": values, "nodes_modes": modes, "nodes_truenodeids": yes, "nodes_falsenodeids": no,
				"target_treeids": leafTrees, "target_nodeids": leaves, "target_ids": targets, "target_weights": weights,
			},
		}},
	}
}

// creditNetwork compiles the tree, its input committed, and makes keys.
func creditNetwork(t testing.TB) *network {
	t.Helper()
	var samples []quant.Sample
	for _, s := range [][]float64{{10, 10, 3, 0}, {90, 20, 10, 0}, {50, 90, 2, 1}, {100, 90, 20, 0}, {50, 10, 1, 5}, {50, 10, 10, 5}} {
		samples = append(samples, quant.Sample{s})
	}
	return newNetwork(t, compileModel(t, creditTree(), 255, samples, ir.Committed))
}

// lending is a deployed CreditLending with a bureau and a borrower.
type lending struct {
	*testing.T
	c, bureau, borrower *chain.Chain
	platform            evmtest.Platform
	tree                *network
	id                  *big.Int
	contract            chain.Contract
}

func newLending(t *testing.T, c *chain.Chain, tree *network) *lending {
	t.Helper()
	l := &lending{T: t, c: c, bureau: evmtest.Account(t, c), borrower: evmtest.Account(t, c), tree: tree}
	l.platform = evmtest.NewPlatform(t, c, statement.Groth16, nil)
	l.id = l.platform.Register(t, c, tree.Model)
	l.contract = evmtest.Deploy(t, c, "CreditLending", l.platform.Market.Address, l.id, tree.Name(),
		l.bureau.From(), leastScore(t, tree), evmtest.Ether(10))
	evmtest.Method(l.contract, "fund").With(evmtest.Ether(1)).Do(t, c)
	return l
}

// vouch has the bureau vouch for a commitment.
func (l *lending) vouch(borrower *chain.Chain, commitment [32]byte, until uint64) {
	l.Helper()
	evmtest.Method(l.contract, "vouch", borrower.From(), commitment, until).Do(l.T, l.bureau)
}

// attest has the market attest what the tree makes of a run to an account.
func (l *lending) attest(to *chain.Chain, id *big.Int, r *run, nonce int64) evmtest.Attestation {
	l.Helper()
	a := r.attestation(l.T, to, l.platform, id, to.From(), big.NewInt(nonce))
	l.platform.Call(l.T, "attest", a).Do(l.T, to)
	return a
}

func (l *lending) borrow(a evmtest.Attestation, wei int64) evmtest.Message {
	return evmtest.Method(l.contract, "borrow", big.NewInt(wei), a.Output, a.Proof.Nonce)
}

// forever is a time that no test reaches.
const forever = 1 << 40

// TestCreditLending borrows on the score of a decision tree and repays; then every way to borrow without one
// is tried.
func TestCreditLending(t *testing.T) {
	t.Parallel()
	skipProofs(t)
	tree := creditNetwork(t)
	good, bad := tree.run(t, []int64{90, 20, 10, 0}), tree.run(t, []int64{50, 90, 2, 0})
	if got := score(tree, good); got != 90 {
		t.Fatalf("the tree gives a score of %v, want 90", got)
	}
	if got := score(tree, bad); got != 30 {
		t.Fatalf("the tree gives a score of %v, want 30", got)
	}
	// Another tree: the same structure, other keys, and so another name.
	other := newNetwork(t, tree.program)
	otherGood := &run{other, good.trace, good.salts, good.claim}

	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		l := newLending(t, c, tree)
		verdict := func(name, want string, m evmtest.Message, from *chain.Chain) {
			t.Helper()
			if got := m.Verdict(t, from); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		first := l.attest(l.borrower, l.id, good, 1)
		verdict("nobody vouches", "VoucherExpired", l.borrow(first, 100), l.borrower)
		verdict("vouched by the borrower", "NotAllowed",
			evmtest.Method(l.contract, "vouch", l.borrower.From(), good.commitment(), uint64(forever)), l.borrower)
		l.vouch(l.borrower, good.commitment(), forever)
		verdict("too much", "LoanTooLarge", evmtest.Method(l.contract, "borrow",
			new(big.Int).Add(evmtest.Ether(10), big.NewInt(1)), first.Output, first.Proof.Nonce), l.borrower)

		before := evmtest.Balance(t, c, l.contract.Address)
		verdict("a good score", "", l.borrow(first, 100), l.borrower)
		after := evmtest.Balance(t, c, l.contract.Address)
		equal(t, "lent", before.Sub(before, after), big.NewInt(100))
		equal(t, "debt", evmtest.Method(l.contract, "debtOf", l.borrower.From()).Ask(t, c)[0], big.NewInt(100))

		second := l.attest(l.borrower, l.id, good, 2)
		verdict("two loans", "DebtMismatch", l.borrow(second, 1), l.borrower)
		repay := evmtest.Method(l.contract, "repay")
		verdict("repaid too much", "DebtMismatch", repay.With(big.NewInt(101)), l.borrower)
		verdict("repaid", "", repay.With(big.NewInt(100)), l.borrower)
		verdict("replayed", "ScoreUsed", l.borrow(first, 100), l.borrower)

		// What another account had attested, even on figures that the bureau vouches for.
		thief := evmtest.Account(t, c)
		verdict("another's without a voucher", "VoucherExpired", l.borrow(second, 100), thief)
		l.vouch(thief, good.commitment(), forever)
		verdict("another's attestation", "NotAttested", l.borrow(second, 100), thief)

		// Another model, whose attestation has the same output for the same figures.
		wrong := l.platform.Register(t, c, other.Model)
		verdict("another model", "NotAttested", l.borrow(l.attest(l.borrower, wrong, otherGood, 3), 100), l.borrower)
		refusesModel(t, c, "CreditLending", l.platform.Market.Address, wrong, tree.Name(), l.bureau.From(), new(big.Int), new(big.Int))

		// A true score that is too low, and false ones.
		low := l.attest(l.borrower, l.id, bad, 4)
		verdict("figures that nobody vouches for", "NotAttested", l.borrow(low, 100), l.borrower)
		l.vouch(l.borrower, bad.commitment(), forever)
		verdict("a low score", "ScoreTooLow", l.borrow(low, 100), l.borrower)
		verdict("old figures", "NotAttested", l.borrow(second, 100), l.borrower)
		low.Output = first.Output
		verdict("a false score", "NotAttested", l.borrow(low, 100), l.borrower)

		// Figures that were good once.
		l.vouch(l.borrower, good.commitment(), 1)
		verdict("stale figures", "VoucherExpired", l.borrow(second, 100), l.borrower)
		l.vouch(l.borrower, good.commitment(), forever)
		verdict("fresh figures", "", l.borrow(second, 100), l.borrower)

		withdraw := evmtest.Method(l.contract, "withdraw", big.NewInt(1))
		verdict("withdrawn by the borrower", "NotAllowed", withdraw, l.borrower)
		verdict("withdrawn by the lender", "", withdraw, c)
	})
}

// leastScore returns a score of 60 as the bytes of the output have it.
func leastScore(t testing.TB, tree *network) *big.Int {
	t.Helper()
	out := tree.program.Outputs[0]
	encoding, err := tree.program.Nodes[out.ID].Range.Encoding()
	if err != nil {
		t.Fatal(err)
	}
	return new(big.Int).SetBytes(encoding.Put(nil, []int64{int64(60 / out.Scale)}))
}

// score returns the real number that a run gives.
func score(n *network, r *run) float64 {
	out := n.program.Outputs[0]
	return float64(r.trace[out.ID][0]) * out.Scale
}
