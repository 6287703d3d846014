// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
	"github.com/zkml-go/zkml/prover/sumcheck"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// TestGuardedDevice makes two proofs each with guarded devices that pass their first test and then
// fail. The second one does not ask the device again. One that has little memory is not given up.
func TestGuardedDevice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the first tests of the devices take some seconds")
	}
	plain := plainJob(t, network(t))
	for name, c := range map[string]struct {
		make  func(acceltest.When) *acceltest.Fake
		fault bool
	}{
		"lies":   {acceltest.Liar, true},
		"fails":  {acceltest.Failing, true},
		"panics": {acceltest.Panicking, true},
		"has little memory": {func(tested acceltest.When) *acceltest.Fake {
			return &acceltest.Fake{Before: func(call acceltest.Call) error {
				if tested(call) && call.Elements > 100 { // no sum of N has room
					return accel.ErrMemory
				}
				return nil
			}}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tested atomic.Bool
			fake := c.make(func(call acceltest.Call) bool { return tested.Load() && call.Kind == "MSM" })
			var mu sync.Mutex
			var said []string
			d, err := guard.New(fake, guard.Options{Report: func(line string) {
				mu.Lock()
				defer mu.Unlock()
				said = append(said, line)
			}})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			tested.Store(true)
			j := on(plain, d)
			prove := func() *sumcheck.Result {
				r, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true)
				if err != nil {
					t.Fatal(err)
				}
				if err := vsumcheck.VerifyPlain(j.Key.VerifyingKey(), j.Plan, j.ID, r.Context, r.Claim, r.Plain); err != nil {
					t.Error(err)
				}
				return r
			}
			before := fake.Count("MSM")
			abandoned := prove().Phases[1].Name == "abandoned"
			asked := fake.Count("MSM") - before
			prove()
			again := fake.Count("MSM") - before - asked
			mu.Lock()
			defer mu.Unlock()
			if abandoned != c.fault || (len(said) == 1) != c.fault || asked == 0 || (again == 0) != c.fault {
				t.Errorf("abandoned: %v, said %q, asked %d times, then %d times", abandoned, said, asked, again)
			}
		})
	}
}
