// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// A ledger is what registry and market should hold: a model of both in Go, in which every operation of
// theirs says what it does and why it is refused.
type ledger struct {
	models   []*ledgerModel // by id, which counts from 1
	credit   map[common.Address]int64
	used     map[[32]byte]bool
	stored   map[[32]byte]bool
	forced   int64
	stopped  bool
	removed  bool
	accounts []*chain.Chain
}

type ledgerModel struct {
	commitment  contracts.ModelCommitment
	model       evmtest.Model
	owner       common.Address
	fee         int64
	deprecated  bool
	predecessor int
	successor   int
	royalty     bool
}

// A program is bytes that are read as operations. It reads zeros after its end.
type program []byte

func (p *program) next(n int) int {
	if len(*p) == 0 {
		return 0
	}
	b := (*p)[0]
	*p = (*p)[1:]
	return int(b) % n
}

// An operation sends one transaction and returns its verdict with the one that the ledger has for it, which
// it updates.
type operation func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string)

var operations = []struct {
	name string
	do   operation
}{
	{"register", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		return l.register(w, from, p, 0)
	}},
	{"version", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		return l.register(w, from, p, p.next(len(l.models)+1)+1)
	}},
	{"deprecate", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		id, m, want := l.owned(from, p)
		if want == "" && m.deprecated {
			want = "AlreadyDeprecated"
		}
		if want == "" {
			m.deprecated = true
		}
		return w.verdict(from, w.Registry, "deprecateModel", id), want
	}},
	{"fee", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		id, m, want := l.owned(from, p)
		fee := int64(p.next(4))
		if want == "" {
			m.fee = fee
		}
		return w.verdict(from, w.Registry, "setFee", id, big.NewInt(fee)), want
	}},
	{"royalty", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		id, m, want := l.owned(from, p)
		if want == "" && m.royalty {
			want = "RoyaltyAlreadySet"
		}
		if want == "" {
			m.royalty = true
		}
		return w.verdict(from, w.Registry, "setRoyalty", id, from.From(), big.NewInt(1)), want
	}},
	{"transfer", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		id, m, want := l.owned(from, p)
		to := l.accounts[p.next(len(l.accounts))].From()
		switch want {
		case "":
			m.owner = to
		case "ModelNotFound":
			want = "ERC721NonexistentToken"
		case "NotModelOwner":
			want = "ERC721InsufficientApproval"
		}
		return w.verdict(from, w.Registry, "transferFrom", from.From(), to, id), want
	}},
	{"deposit", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		amount := int64(p.next(8))
		l.credit[from.From()] += amount
		return evmtest.Method(w.Market, "deposit").With(big.NewInt(amount)).Verdict(w, from), ""
	}},
	{"withdraw", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		if l.credit[from.From()] == 0 {
			want = "NoCredit"
		}
		l.credit[from.From()] = 0
		return w.verdict(from, w.Market, "withdraw"), want
	}},
	{"force", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		l.forced++
		w.force(big.NewInt(1))
		return "", ""
	}},
	{"attest", attestOperation},
	{"attest", attestOperation},
	{"attest", attestOperation},
	{"stop or remove", func(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
		switch p.next(32) { // seldom, for nothing is attested any more
		case 1:
			if from != l.accounts[0] {
				want = "NotGuardian"
			} else if l.stopped {
				want = "VerifierStopped"
			}
			l.stopped = l.stopped || want == ""
			return w.verdict(from, w.Stop, "stop"), want
		case 2:
			if from != l.accounts[0] {
				want = "OwnableUnauthorizedAccount"
			} else if l.removed {
				want = "SelectorRemoved"
			}
			l.removed = l.removed || want == ""
			return w.verdict(from, w.Router, "removeVerifier", groth16Selector), want
		}
		return "", ""
	}},
}

// owned draws a model, which need not exist, and says whether the registry lets an account change it.
func (l *ledger) owned(from *chain.Chain, p *program) (id *big.Int, m *ledgerModel, want string) {
	i := p.next(len(l.models)+1) + 1
	id = big.NewInt(int64(i))
	if i > len(l.models) {
		return id, nil, "ModelNotFound"
	}
	if m = l.models[i-1]; m.owner != from.From() {
		want = "NotModelOwner"
	}
	return id, m, want
}

// register registers a model, as a new version of one unless superseded is 0.
func (l *ledger) register(w *world, from *chain.Chain, p *program, superseded int) (got, want string) {
	m := &ledgerModel{model: w.prover.Model(w), owner: from.From(), predecessor: superseded}
	m.commitment = m.model.Commitment(strings.Repeat("u", p.next(40)))
	var old *ledgerModel
	switch {
	case superseded == 0:
	case superseded > len(l.models):
		want = "ModelNotFound"
	default:
		if old = l.models[superseded-1]; old.owner != from.From() {
			want = "NotModelOwner"
		} else if old.successor != 0 {
			want = "AlreadySuperseded"
		}
	}
	if want == "" && l.removed {
		want = "ProofSystemUnknown"
	}
	if want == "" {
		l.models = append(l.models, m)
		if old != nil {
			old.successor = len(l.models)
		}
	}
	if superseded == 0 {
		return w.verdict(from, w.Registry, "registerModel", m.commitment), want
	}
	return w.verdict(from, w.Registry, "registerVersion", big.NewInt(int64(superseded)), m.commitment), want
}

// attestOperation has one of few statements attested, so that some come twice.
func attestOperation(w *world, l *ledger, from *chain.Chain, p *program) (got, want string) {
	i := p.next(len(l.models)+1) + 1
	m := &ledgerModel{model: w.model}
	if i <= len(l.models) {
		m = l.models[i-1]
	}
	method := methods[p.next(len(methods))]
	value, maxFee, lie := int64(p.next(5)), int64(p.next(5)), p.next(8) == 1
	if method != "attest" {
		value = 0
	}
	a := evmtest.Attestation{Model: big.NewInt(int64(i)), Output: []byte{byte(p.next(2))}, Proof: contracts.InferenceProof{
		Nonce: new(big.Int), MaxFee: big.NewInt(maxFee), Input: []byte{1}, Key: m.model.Key,
	}}
	a = w.Prove(w, from, a, m.model)
	if lie {
		a.Output[0] += 7
	}
	credit := l.credit[from.From()] + value
	switch {
	case l.used[a.ID()]:
		want = "StatementUsed"
	case i > len(l.models):
		want = "ModelNotFound"
	case m.deprecated:
		want = "VerificationRefused_ModelDeprecated"
	case m.fee > maxFee:
		want = "FeeTooHigh"
	case l.removed:
		want = "UnsupportedProofSystem"
	case l.stopped:
		want = "VerifierStopped"
	case lie:
		want = "ProofInvalid"
	case m.fee > credit:
		want = "FeeUnpaid"
	default:
		l.used[a.ID()] = true
		l.stored[a.ID()] = method == "verifyAndStoreInference"
		l.credit[from.From()] = credit - m.fee
		l.credit[m.owner] += m.fee
	}
	return w.Call(w, method, a).With(big.NewInt(value)).Verdict(w, from), want
}

// runProgram runs a program on contracts and ledger and returns the first difference between the two.
func runProgram(w *world, p program) error {
	l := &ledger{
		models: []*ledgerModel{{commitment: w.model.Commitment(""), model: w.model, owner: w.c.From()}},
		credit: map[common.Address]int64{}, used: map[[32]byte]bool{}, stored: map[[32]byte]bool{},
		accounts: []*chain.Chain{w.c, w.stranger(), w.stranger()},
	}
	for i := 0; len(p) > 0; i++ {
		op := operations[p.next(len(operations))]
		from := l.accounts[p.next(len(l.accounts))]
		if got, want := op.do(w, l, from, &p); got != want {
			return fmt.Errorf("operation %d, %s: got verdict %q, want %q", i, op.name, got, want)
		}
		if err := l.conserved(w); err != nil {
			return fmt.Errorf("operation %d, %s: %w", i, op.name, err)
		}
	}
	return l.compare(w)
}

// conserved checks that the market owes what it should, and has it.
func (l *ledger) conserved(w *world) error {
	sum := new(big.Int)
	for _, account := range l.accounts {
		credit := w.credit(account.From())
		if want := l.credit[account.From()]; credit.Cmp(big.NewInt(want)) != 0 {
			return fmt.Errorf("an account has %s wei of credit, want %d", credit, want)
		}
		sum.Add(sum, credit)
	}
	balance := evmtest.Balance(w, w.c, w.Market.Address)
	if balance.Sub(balance, big.NewInt(l.forced)); balance.Cmp(sum) != 0 {
		return fmt.Errorf("credits of %s wei, and %s wei to pay them", sum, balance)
	}
	return nil
}

// compare compares all that can be asked.
func (l *ledger) compare(w *world) error {
	if n := w.ask("modelCount")[0].(uint64); n != uint64(len(l.models)) {
		return fmt.Errorf("%d models, want %d", n, len(l.models))
	}
	var errs []error
	for i, m := range l.models {
		id := big.NewInt(int64(i + 1))
		got := w.ask("getModel", id)
		asked := fmt.Sprint(w.ask("tokenURI", id)[0], got[1], got[2], w.ask("feeOf", id)[0], w.ask("supersedes", id)[0],
			w.ask("supersededBy", id)[0], w.ask("royaltyInfo", id, big.NewInt(1))[0] != common.Address{})
		if want := fmt.Sprint(m.commitment.URI, m.deprecated, m.owner, m.fee, m.predecessor, m.successor, m.royalty); asked != want {
			errs = append(errs, fmt.Errorf("model %d is %s, want %s", id, asked, want))
		}
	}
	for id := range l.used {
		if !evmtest.Method(w.Market, "isVerified", id).Ask(w, w.c)[0].(bool) {
			errs = append(errs, fmt.Errorf("statement %x is not attested", id))
		}
		if got := w.verdict(w.c, w.Market, "getInference", id) == ""; got != l.stored[id] {
			errs = append(errs, fmt.Errorf("statement %x is stored: %t, want %t", id, got, l.stored[id]))
		}
	}
	return errors.Join(errs...)
}

func randomProgram(t testing.TB, n int) program {
	t.Helper()
	p := make(program, n)
	if _, err := rand.Read(p); err != nil {
		t.Fatal(err)
	}
	return p
}

// FuzzPlatform reads its input as a program.
func FuzzPlatform(f *testing.F) {
	prover := evmtest.NewGroth16(f, false)
	for range 3 {
		f.Add([]byte(randomProgram(f, 1000)))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		if len(p) > 2000 {
			t.Skip("a long program")
		}
		if err := runProgram(newWorld(t, evmtest.Embedded(t), prover, nil), p); err != nil {
			t.Fatalf("program %x: %v", p, err)
		}
	})
}

// TestPlatformProgram runs one program on every EVM.
func TestPlatformProgram(t *testing.T) {
	t.Parallel()
	p, prover := randomProgram(t, 400), evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		if err := runProgram(newWorld(t, c, prover, nil), p); err != nil {
			t.Errorf("program %x: %v", p, err)
		}
	})
}

// TestPlatformProgramPlanted runs programs on contracts with faults until they show.
func TestPlatformProgramPlanted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a contract for every fault")
	}
	faults := []platformFault{
		{name: "credit withdrawn twice", contract: "InferenceMarket", patch: []string{"creditOf[msg.sender] = 0;\n", ""}},
		{name: "fee from nowhere", contract: "InferenceMarket", patch: []string{"creditOf[msg.sender] = credit - fee;", "creditOf[msg.sender] = credit;"}},
		{name: "fee to nobody", contract: "InferenceMarket", patch: []string{"creditOf[owner] += fee;", "owner;"}},
		{
			name: "fee of an owner who pays itself", contract: "InferenceMarket",
			patch: []string{"uint256 before = creditOf[msg.sender];", "uint256 before = creditOf[msg.sender]; uint256 earned = creditOf[owner];",
				"creditOf[owner] += fee;", "creditOf[owner] = earned + fee;"},
		},
		{name: "fee lost by deprecation", contract: "ModelRegistry", patch: []string{"_states[modelId].deprecated = true;", "_states[modelId] = State(0, true, _states[modelId].successor);"}},
		{name: "no predecessor", contract: "ModelRegistry", patch: []string{"_register(commitment, uint64(superseded));", "_register(commitment, 0);"}},
		{name: "sales that change no owner", contract: "ModelRegistry", patch: []string{"terms.owner = _ownerOfModel(modelId);", "_ownerOfModel(modelId); terms.owner = address(router);"}},
	}
	sources := map[string]string{}
	for i, f := range faults {
		plant(t, sources, fmt.Sprintf("Planted%d", i), f)
	}
	artifacts := evmtest.CompileQuick(t, sources)
	prover := evmtest.NewGroth16(t, false)
	for i, f := range faults {
		patched := map[string]contracts.Artifact{f.contract: artifacts[fmt.Sprintf("Planted%d", i)]}
		var err error
		for try := 0; try < 30 && err == nil; try++ {
			err = runProgram(newWorld(t, evmtest.Embedded(t), prover, patched), randomProgram(t, 1000))
		}
		if err == nil {
			t.Errorf("%s: no program shows it", f.name)
		}
	}
}
