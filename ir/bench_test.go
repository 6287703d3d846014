// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/zkml-go/zkml/ir"
)

// userTime returns the user CPU time of the process: on a shared machine, what a
// run costs is better told by it than by the clock.
func userTime(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano())
}

// BenchmarkExecute runs whole networks: the outputs only, and with everything kept
// that a witness consists of. It reports user time, the rate of products per
// second of it, and the bytes allocated.
func BenchmarkExecute(b *testing.B) {
	for _, net := range []struct {
		name  string
		build func(testing.TB) *network
	}{
		{"lenet5", leNet5},
		{"mobilenetv2-224", func(t testing.TB) *network { return mobileNetV2(t, 100, 224) }},
		{"gpt2s-32", func(t testing.TB) *network { return gpt2(t, 12, 768, 32, 50257) }},
	} {
		b.Run(net.name, func(b *testing.B) {
			n := net.build(b)
			in := n.randomInput()
			runtime.GC()
			for _, mode := range []struct {
				name string
				keep func(ir.ID) bool
			}{{"outputs", nil}, {"witness", n.witness()}} {
				b.Run(mode.name, func(b *testing.B) {
					plan := n.p.Plan()
					b.ReportAllocs()
					before := userTime(b)
					for b.Loop() {
						if _, err := plan.Execute(in, mode.keep); err != nil {
							b.Fatal(err)
						}
					}
					user := userTime(b) - before
					b.ReportMetric(float64(user.Nanoseconds())/float64(b.N)/1e6, "user-ms/op")
					b.ReportMetric(float64(n.macs)*float64(b.N)/user.Seconds()/1e6, "Mmac/user-s")
				})
			}
		})
	}
}

// witness reports which nodes are columns of a witness: all but constants and
// views.
func (n *network) witness() func(ir.ID) bool {
	return func(id ir.ID) bool {
		switch n.p.Nodes[id].Op.(type) {
		case ir.View, ir.Const:
			return false
		}
		return true
	}
}

// BenchmarkPlan measures planning alone.
func BenchmarkPlan(b *testing.B) {
	n := mobileNetV2(b, 100, 224)
	for b.Loop() {
		n.p.Plan()
	}
}
