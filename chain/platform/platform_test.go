// SPDX-License-Identifier: Apache-2.0

package platform_test

import (
	"bytes"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/journal"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

var all = []string{statement.Groth16, statement.Plonk, statement.Sumcheck, statement.SumcheckPlonk}

func deploy(t *testing.T, c *chain.Chain, p platform.Plan) *platform.Deployment {
	t.Helper()
	d, err := platform.Deploy(t.Context(), c, p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDeploy deploys everything with an admin and a guardian of their own, and wants that they, and not the
// deploying account, have the power.
func TestDeploy(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		admin, guardian := evmtest.Account(t, c), evmtest.Account(t, c)
		steps := 0
		d := deploy(t, c, platform.Plan{Systems: all, Admin: admin.From(), Guardian: guardian.From(), Delay: 3600,
			Done: func(string, *types.Receipt) { steps++ }})
		if want := 3*len(all) + 5 + 2; steps != want {
			t.Errorf("%d steps, want %d", steps, want)
		}
		if err := d.Check(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		s, err := d.State(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		want := &platform.State{Owner: d.Timelock.Address, Delay: 3600}
		for _, system := range d.Systems {
			want.Systems = append(want.Systems, platform.SystemState{Name: system.Name, Route: system.Stop.Address})
		}
		if diff := cmp.Diff(want, s); diff != "" {
			t.Errorf("state (-want +got):\n%s", diff)
		}

		timelock := load(t, "VerifierTimelock", d.Timelock.Address)
		schedule := func(delay int64) evmtest.Message {
			return evmtest.Method(timelock, "schedule", common.Address{1}, new(big.Int), []byte{}, [32]byte{}, [32]byte{byte(delay)}, big.NewInt(delay))
		}
		for name, test := range map[string]struct {
			m    evmtest.Message
			by   *chain.Chain
			want string
		}{
			"the deployer proposes":                {schedule(3600), c, "AccessControlUnauthorizedAccount"},
			"the admin proposes for sooner":        {schedule(3599), admin, "TimelockInsufficientDelay"},
			"the admin proposes":                   {schedule(3600), admin, ""},
			"the deployer adds a verifier":         {evmtest.Method(load(t, "VerifierRouter", d.Router.Address), "addVerifier", common.Address{1}), c, "OwnableUnauthorizedAccount"},
			"the deployer stops a verifier":        {evmtest.Method(load(t, "VerifierStop", d.Systems[0].Stop.Address), "stop"), c, "NotGuardian"},
			"the guardian stops the last verifier": {evmtest.Method(load(t, "VerifierStop", d.Systems[2].Stop.Address), "stop"), guardian, ""},
		} {
			if got := test.m.Verdict(t, test.by); got != test.want {
				t.Errorf("%s: got %q, want %q", name, got, test.want)
			}
		}
		if s, err = d.State(t.Context(), c); err != nil || !s.Systems[2].Stopped || s.Systems[0].Stopped {
			t.Errorf("after the stop: state %+v, error %v", s, err)
		}
	})
}

func load(t *testing.T, name string, at common.Address) chain.Contract {
	t.Helper()
	a, err := contracts.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return chain.Contract{Address: at, ABI: a.ABI}
}

// TestResume deploys twice with one journal.
func TestResume(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	c.Options.Journal = journal.Memory()
	plan := platform.Plan{Systems: []string{statement.Groth16}}
	first := deploy(t, c, plan)
	second := deploy(t, c, plan)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the second deployment differs (-first +second):\n%s", diff)
	}
	plan.Delay = 7
	if _, err := platform.Deploy(t.Context(), c, plan); !errors.Is(err, chain.ErrStepDiffers) {
		t.Errorf("another plan with the same journal: got error %v, want ErrStepDiffers", err)
	}
}

// TestCheck plants faults in a deployment.
func TestCheck(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		d := deploy(t, c, platform.Plan{Systems: []string{statement.Groth16, statement.Plonk}})
		tests := map[string]struct {
			change func(d *platform.Deployment)
			want   error
		}{
			"nothing":        {func(*platform.Deployment) {}, nil},
			"no contract":    {func(d *platform.Deployment) { d.Market.Address = common.Address{9} }, platform.ErrNoCode},
			"other contract": {func(d *platform.Deployment) { d.Market.Address = d.Registry.Address }, platform.ErrOtherCode},
			"other contract with its hash": {func(d *platform.Deployment) {
				d.Market.Address, d.Market.CodeHash = d.Registry.Address, d.Registry.CodeHash
			}, platform.ErrOtherCode},
			"other arguments": {func(d *platform.Deployment) { d.Systems[0].Stop.Arguments[63] ^= 1 }, platform.ErrOtherCode},
			"other stop": {func(d *platform.Deployment) {
				d.Systems[0].Verifier = d.Systems[1].Verifier
			}, platform.ErrWiring},
			"other chain": {func(d *platform.Deployment) { d.ChainID = "5" }, platform.ErrOtherChain},
			"other start": {func(d *platform.Deployment) { d.Genesis[0] ^= 1 }, platform.ErrOtherChain},
		}
		for name, test := range tests {
			changed := clone(t, d)
			test.change(changed)
			if err := changed.Check(t.Context(), c); !errors.Is(err, test.want) {
				t.Errorf("%s: got error %v, want %v", name, err, test.want)
			}
		}
	})
}

// clone copies a deployment through its file.
func clone(t *testing.T, d *platform.Deployment) *platform.Deployment {
	t.Helper()
	data, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	c, err := platform.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, c); diff != "" {
		t.Fatalf("the file has another deployment:\n%s", diff)
	}
	return c
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	d := deploy(t, evmtest.Embedded(t), platform.Plan{Systems: []string{statement.Groth16}})
	data, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty":                 "",
		"cut":                   string(data[:len(data)/2]),
		"format":                strings.Replace(string(data), "zkml-deployment", "zkml-proof", 1),
		"version":               strings.Replace(string(data), `"version": 1`, `"version": 2`, 1),
		"field":                 strings.Replace(string(data), `"guardian"`, `"gardener"`, 1),
		"contract":              strings.Replace(string(data), `"InferenceMarket"`, `"Bazaar"`, 1),
		"address":               strings.Replace(string(data), strings.ToLower(d.Market.Address.Hex()), common.Address{}.Hex(), 1),
		"address in lower case": strings.Replace(string(data), strings.ToLower(d.Market.Address.Hex()), common.Address{}.Hex(), 1),
		"chain":                 strings.Replace(string(data), `"1337"`, `"x"`, 1),
	} {
		if _, err := platform.Decode([]byte(text)); !errors.Is(err, platform.ErrCorrupt) {
			t.Errorf("%s: got error %v, want ErrCorrupt", name, err)
		}
	}
}

// TestModelsAndInferences registers models, attests with one, and finds both again.
func TestModelsAndInferences(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		d := deploy(t, c, platform.Plan{Systems: []string{statement.Groth16}})
		m := evmtest.NewGroth16(t, true).Model(t)
		register := func(uri string, supersedes uint64) uint64 {
			draft, err := d.Register(m.Commitment(uri), supersedes)
			if err != nil {
				t.Fatal(err)
			}
			r, err := c.Send(t.Context(), draft)
			if err != nil {
				t.Fatal(err)
			}
			id, err := d.Registered(r)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		if first, second := register("a", 0), register("b", 1); first != 1 || second != 2 {
			t.Fatalf("got ids %d and %d, want 1 and 2", first, second)
		}
		found, err := d.Find(t.Context(), c, m.Commitment(""))
		if err != nil {
			t.Fatal(err)
		}
		want := []*platform.Model{
			{ID: 2, Owner: c.From(), Commitment: m.Commitment("b"), Fee: new(big.Int), Supersedes: 1},
			{ID: 1, Owner: c.From(), Commitment: m.Commitment("a"), Fee: new(big.Int), SupersededBy: 2},
		}
		if diff := cmp.Diff(want, found, cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })); diff != "" {
			t.Errorf("models (-want +got):\n%s", diff)
		}
		other := m.Commitment("")
		other.KeyHash[0] ^= 1
		if found, err := d.Find(t.Context(), c, other); err != nil || len(found) > 0 {
			t.Errorf("found %v with another key, error %v", found, err)
		}

		p := evmtest.Platform{Market: load(t, "InferenceMarket", d.Market.Address)}
		made := p.Attest(t, c, big.NewInt(2), m)
		a := &platform.Attestation{Model: made.Model, InputCommitment: made.InputCommitment, Output: made.Output, Proof: made.Proof}
		if _, err := d.Inference(t.Context(), c, a.ID(), nil); !errors.Is(err, platform.ErrNoInference) {
			t.Errorf("before it was attested: got error %v, want ErrNoInference", err)
		}
		draft, err := d.Attest(a, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Send(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Inference(t.Context(), c, a.ID(), new(big.Int))
		if err != nil {
			t.Fatal(err)
		}
		if got.Model != 2 || got.Transaction != r.TxHash || got.Caller != c.From() || !bytes.Equal(got.Output, a.Output) ||
			got.InputCommitment != a.InputCommitment || got.Proof == nil || !bytes.Equal(got.Proof.Input, a.Proof.Input) {
			t.Errorf("got inference %+v", got)
		}
		// The same statement again is refused by name, for whatever proof.
		_, err = c.Send(t.Context(), draft)
		var revert *chain.RevertError
		if !errors.As(err, &revert) || revert.Name != "StatementUsed" {
			t.Errorf("got error %v, want StatementUsed", err)
		}
	})
}
