// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
	"github.com/zkml-go/zkml/accel/worker"
)

// TestAttempt has workers fail in each way behind a guard: the result is right, and the
// guard says once that it is the CPU's.
func TestAttempt(t *testing.T) {
	t.Parallel()
	points, x := pointsOf(1<<12), elements(1<<12)
	trusted, _ := cpu.Device{}.G1(points)
	want := must(trusted.MSM(0, accel.Elements(x)))(t)
	for _, fault := range []string{"none", "exit", "abort", "kill", "panic", "stall", "stop", "garbage", "off curve", "not reduced", "few", "fault"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			var said []string
			inner := begin(t, "late "+fault, worker.Options{Call: 3 * time.Second, Grace: 100 * time.Millisecond})
			d, err := guard.New(inner, guard.Options{LeastG1: 1 << 11, Limit: time.Second, Report: func(line string) { said = append(said, line) }})
			if err != nil {
				t.Fatal(err)
			}
			var got []curve.G1Affine
			err = accel.Attempt(d, func(d accel.Device) error {
				p, err := d.G1(points)
				if err != nil {
					return err
				}
				defer p.Free()
				if got, err = p.MSM(0, accel.Elements(x)); err == nil && got[0] != want[0] {
					return fmt.Errorf("%w: the sum", accel.ErrWrong)
				}
				return err
			})
			if err != nil || got[0] != want[0] {
				t.Errorf("%v, or a wrong sum", err)
			}
			if err := d.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			lines := 1
			if fault == "none" {
				lines = 0
			}
			if len(said) != lines || lines > 0 && !strings.Contains(said[0], "the CPU goes on") {
				t.Errorf("it said %q, want %d lines", said, lines)
			}
		})
	}
}
