// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/statement"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A faulty device is the CPU, but for one call: fault changes what that returns. Calls are
// those that take points of G1, and those that sum them.
type faulty struct {
	cpu.Device
	at    int // of the calls, −1 for none
	fault func([]curve.G1Affine) ([]curve.G1Affine, error)

	mu      sync.Mutex
	calls   int
	loads   int
	scalars map[string]int // how many sums, by their type
	reasons []error
}

// call counts a call and spoils its results.
func (d *faulty) call(sums []curve.G1Affine, err error) ([]curve.G1Affine, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if err == nil && d.calls-1 == d.at {
		return d.fault(sums)
	}
	return sums, err
}

func (d *faulty) G1(points []curve.G1Affine) (accel.G1, error) {
	d.mu.Lock()
	d.loads++
	d.mu.Unlock()
	if _, err := d.call(nil, nil); err != nil {
		return nil, err
	}
	p, err := d.Device.G1(points)
	return faultyPoints{p, d}, err
}

func (d *faulty) Instead() accel.Device { return cpu.Device{} }

func (d *faulty) Distrust(why error) accel.Device {
	d.reasons = append(d.reasons, why)
	return cpu.Device{}
}

type faultyPoints struct {
	accel.G1
	device *faulty
}

func (p faultyPoints) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	p.device.mu.Lock()
	if p.device.scalars == nil {
		p.device.scalars = map[string]int{}
	}
	for _, x := range scalars {
		p.device.scalars[fmt.Sprintf("%T", x)]++
	}
	p.device.mu.Unlock()
	return p.device.call(p.G1.MSM(from, scalars...))
}

// on returns a job like j, which nobody proved with, on a device.
func on(j *sumcheck.Job, d accel.Device) *sumcheck.Job {
	return &sumcheck.Job{Model: j.Model, Plan: j.Plan, Key: j.Key, Wrap: j.Wrap, ID: j.ID, Device: d}
}

// TestFaultyDevice spoils each call of a proof, in each way. There is a proof all the same, and
// the device is given up, once.
func TestFaultyDevice(t *testing.T) {
	t.Parallel()
	lie := func(edit func(*curve.G1Affine)) func([]curve.G1Affine) ([]curve.G1Affine, error) {
		return func(sums []curve.G1Affine) ([]curve.G1Affine, error) {
			edit(&sums[len(sums)-1])
			return sums, nil
		}
	}
	fail := func(err error) func([]curve.G1Affine) ([]curve.G1Affine, error) {
		return func([]curve.G1Affine) ([]curve.G1Affine, error) { return nil, fmt.Errorf("planted: %w", err) }
	}
	_, _, generator, _ := curve.Generators()
	j := plainJob(t, network(t))
	inputs := [][]int64{make([]int64, 30)}
	honest := &faulty{at: -1}
	if _, err := on(j, honest).Prove(t.Context(), inputs, [32]byte{7}, true); err != nil {
		t.Fatal(err)
	}
	if honest.calls < 10 || len(honest.reasons) > 0 {
		t.Fatalf("%d calls, given up for %v", honest.calls, honest.reasons)
	}
	const load, sum = 0, 1 // the first calls of their kinds
	for _, c := range []struct {
		name  string
		fault func([]curve.G1Affine) ([]curve.G1Affine, error)
		want  error
		from  int
	}{
		{"another point", lie(func(p *curve.G1Affine) { p.Add(p, &generator) }), accel.ErrWrong, sum},
		{"infinity", lie(func(p *curve.G1Affine) { *p = curve.G1Affine{} }), accel.ErrWrong, sum},
		{"off the curve", lie(func(p *curve.G1Affine) { p.X.SetOne(); p.Y.SetOne() }), accel.ErrWrong, sum},
		{"too few", func(sums []curve.G1Affine) ([]curve.G1Affine, error) { return sums[1:], nil }, accel.ErrFault, sum},
		{"memory", fail(accel.ErrMemory), accel.ErrMemory, load},
		{"fault", fail(accel.ErrFault), accel.ErrFault, load},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for k := c.from; k < honest.calls; k++ {
				d := &faulty{at: k, fault: c.fault}
				r, err := on(j, d).Prove(t.Context(), inputs, [32]byte{7}, true)
				if err != nil {
					t.Fatalf("call %d: %v", k, err)
				}
				if err := vsumcheck.VerifyPlain(j.Key.VerifyingKey(), j.Plan, j.ID, r.Context, r.Claim, r.Plain); err != nil {
					t.Errorf("call %d: %v", k, err)
				}
				givenUp(t, d, r, c.want)
			}
		})
	}
}

// givenUp reports an error unless the device was replaced, once, for a reason.
func givenUp(t *testing.T, d *faulty, r *sumcheck.Result, want error) {
	t.Helper()
	if len(d.reasons) != 1 || !errors.Is(d.reasons[0], want) {
		t.Errorf("call %d: the device was given up for %v, want %v", d.at, d.reasons, want)
	}
	if names := phaseNames(r); !slices.Equal(names, []string{"witness", "abandoned", "commit", "reduction", "opening", "wrap", "verify"}) {
		t.Errorf("call %d: phases %v", d.at, names)
	}
}

func phaseNames(r *sumcheck.Result) []string {
	var out []string
	for _, p := range r.Phases {
		out = append(out, p.Name)
	}
	return out
}

// TestDeviceOfJob makes two proofs of a run and one of the model with a device that does what it
// should. It is given the powers once, and columns as integers of their width.
func TestDeviceOfJob(t *testing.T) {
	t.Parallel()
	d := &faulty{at: -1}
	j := on(plainJob(t, network(t)), d)
	for range 2 {
		r, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Phases {
			uses := p.Name == "commit" || p.Name == "opening"
			if (p.Device > 0) != uses || p.Device > p.Time {
				t.Errorf("%s: %v of %v on the device", p.Name, p.Device, p.Time)
			}
			parts := time.Duration(0)
			for _, part := range p.Parts {
				parts += part.Time
			}
			if (parts > 0) != (p.Name == "reduction" || p.Name == "opening") || parts > p.Time {
				t.Errorf("%s: parts of %v in %v: %v", p.Name, parts, p.Time, p.Parts)
			}
		}
	}
	check, err := sumcheck.NewModelCheck(j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := check.Prove(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if d.loads != 1 {
		t.Errorf("the device was given points %d times, want once", d.loads)
	}
	if n, want := d.scalars["accel.Elements"], 3*8; n != want {
		t.Errorf("%d sums of field elements, want the %d of three openings", n, want)
	}
	if n, want := d.scalars["accel.Ints[int8]"]+d.scalars["accel.Ints[int16]"], 2*j.Plan.Layout.Witness+check.Plan().Layout.Witness; n != want {
		t.Errorf("%d sums of small integers, want those of %d columns", n, want)
	}
	if len(d.reasons) > 0 {
		t.Error(d.reasons)
	}
}

// TestNotTheDevice fails proofs for which the device is not to blame: they are not made again.
func TestNotTheDevice(t *testing.T) {
	t.Parallel()
	planted := errors.New("planted")
	d := &faulty{at: 3, fault: func([]curve.G1Affine) ([]curve.G1Affine, error) { return nil, planted }}
	j := on(plainJob(t, network(t)), d)
	if _, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true); !errors.Is(err, planted) {
		t.Errorf("got %v, want %v", err, planted)
	}
	calls := d.calls
	if _, err := j.Prove(t.Context(), [][]int64{{1 << 20}}, [32]byte{}, true); !errors.Is(err, ir.ErrInput) || d.calls != calls {
		t.Errorf("got %v after %d calls, want an input refused after none", err, d.calls-calls)
	}
	if len(d.reasons) > 0 {
		t.Errorf("the device was given up for %v", d.reasons)
	}
}

// TestAttemptsShareNoSecrets spoils a wrapped proof. What the second one draws
// is new, down to the last coefficient of the mask.
func TestAttemptsShareNoSecrets(t *testing.T) {
	t.Parallel()
	once, err := ownJob()
	if err != nil {
		t.Fatal(err)
	}
	d := &faulty{at: 9, fault: func(sums []curve.G1Affine) ([]curve.G1Affine, error) {
		sums[0] = curve.G1Affine{}
		return sums, nil
	}}
	j := on(once, d)
	var attempts [][]fr.Element
	j.OnSecrets(func(secrets []fr.Element) { attempts = append(attempts, secrets) })
	var claims [][]fr.Element
	bind := func(c *statement.Claim) [32]byte {
		claims = append(claims, c.Commitments)
		return [32]byte{}
	}
	r, err := j.ProveBound(t.Context(), scenario.Get("statement").Inputs, bind, false)
	if err != nil {
		t.Fatal(err)
	}
	givenUp(t, d, r, accel.ErrWrong)
	if err := vsumcheck.Verify(j.Key.VerifyingKey(), j.ID, r.Context, r.Claim, r.Public[1], r.Proof); err != nil {
		t.Error(err)
	}
	if len(attempts) != 2 || len(claims) != 2 || !slices.Equal(claims[1], r.Claim.Commitments) {
		t.Fatalf("%d attempts, %d claims, want two of each, and the second in the result", len(attempts), len(claims))
	}
	params := pcs.Params{Vars: j.Plan.Layout.Vars}
	if n, want := len(attempts[0]), 1+len(r.Salts)+1+min(64, params.Rows())+j.Plan.Layout.Witness; n != want {
		t.Errorf("%d secrets, want a salt, those of the claim, the mask's and %d blinds", n, j.Plan.Layout.Witness)
	}
	for i := range attempts[0] {
		if slices.Contains(attempts[1], attempts[0][i]) {
			t.Errorf("both attempts have secret %d of %d", i, len(attempts[0]))
		}
	}
	for i := range claims[0] {
		if claims[0][i].Equal(&claims[1][i]) {
			t.Errorf("both attempts have commitment %d", i)
		}
	}
}

// TestSetupOnDevice commits to a model of many columns with a device, which lies or does not.
// Proofs with the keys verify.
func TestSetupOnDevice(t *testing.T) {
	t.Parallel()
	const rows = 240
	m, plan := planOf(t, layer(t, rows))
	if plan.Layout.Model <= opening.CheckColumns {
		t.Fatalf("a model of %d columns", plan.Layout.Model)
	}
	cs, err := snark.Compile(&unrelated{}, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{-1, 1} { // the call that sums
		d := &faulty{at: at, fault: func(sums []curve.G1Affine) ([]curve.G1Affine, error) {
			sums[1] = sums[0]
			return sums, nil
		}}
		pk, err := sumcheck.Setup(t.Context(), plan, cs, sumcheck.SetupOptions{Insecure: true, Device: d})
		if err != nil {
			t.Fatal(err)
		}
		if lies := at >= 0; d.calls < 2 || lies != (len(d.reasons) == 1) || lies && !errors.Is(d.reasons[0], accel.ErrWrong) {
			t.Errorf("after %d calls, the device was given up for %v", d.calls, d.reasons)
		}
		j := &sumcheck.Job{Model: m, Plan: plan, Key: pk}
		if _, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true); err != nil {
			t.Error(err)
		}
	}
}
