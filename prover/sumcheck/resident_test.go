// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/prover/sumcheck"
)

// TestPowersAreFreed has the powers of a key leave a device when the key is dropped, be it while
// a proof is made, and come back with the next proof.
func TestPowersAreFreed(t *testing.T) {
	t.Parallel()
	prove := func(j *sumcheck.Job) {
		t.Helper()
		if _, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true); err != nil {
			t.Fatal(err)
		}
	}
	for name, drop := range map[string]func(j **sumcheck.Job){
		"dropped":   func(j **sumcheck.Job) { (*j).Key.CommitmentKey().Drop((*j).Device) },
		"forgotten": func(j **sumcheck.Job) { *j = nil },
	} {
		device := new(acceltest.Fake)
		j := on(plainJob(t, network(t)), device)
		prove(j)
		if device.Bytes() == 0 {
			t.Errorf("%s: the powers are not on the device", name)
		}
		drop(&j)
		for range 500 {
			if device.Bytes() == 0 {
				break
			}
			runtime.GC()
			time.Sleep(10 * time.Millisecond)
		}
		if n := device.Bytes(); n != 0 {
			t.Errorf("%s: %d bytes are left", name, n)
		}
		if j == nil {
			continue
		}
		prove(j)
		if device.Bytes() == 0 {
			t.Errorf("%s: the powers are not on the device again", name)
		}
	}

	// Dropped in the middle of a proof, they stay until its end.
	var j *sumcheck.Job
	var dropped sync.WaitGroup
	device := new(acceltest.Fake)
	device.Before = func(c acceltest.Call) error {
		if c.Kind == "MSM" && c.Number == 2 {
			dropped.Go(func() { j.Key.CommitmentKey().Drop(j.Device) })
			time.Sleep(50 * time.Millisecond)
		}
		if c.Kind == "MSM" && device.Count("Free") > 0 {
			t.Errorf("the powers are freed before sum %d", c.Number)
		}
		return nil
	}
	j = on(plainJob(t, network(t)), device)
	prove(j)
	dropped.Wait()
	if n := device.Bytes(); n != 0 {
		t.Errorf("dropped while a proof is made: %d bytes are left", n)
	}
}

// TestLoadingHoldsNobodyUp proves with one device while another is being given the powers.
func TestLoadingHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	begun, release := make(chan struct{}), make(chan struct{})
	slow := &acceltest.Fake{Before: func(c acceltest.Call) error {
		if c.Kind == "G1" {
			close(begun)
			<-release
		}
		return nil
	}}
	j := plainJob(t, network(t))
	prove := func(j *sumcheck.Job) {
		if _, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true); err != nil {
			t.Error(err)
		}
	}
	var all sync.WaitGroup
	all.Go(func() { prove(on(j, slow)) })
	<-begun
	prove(on(j, new(acceltest.Fake)))
	close(release)
	all.Wait()
}
