// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/worker"
)

// ways are the CPU itself and behind a worker.
var ways = []struct {
	name string
	open func(b *testing.B) accel.Device
}{
	{"direct", func(*testing.B) accel.Device { return cpu.Device{} }},
	{"shared", func(b *testing.B) accel.Device { return begin(b, "cpu", worker.Options{}) }},
	{"pipe", func(b *testing.B) accel.Device { return begin(b, "cpu", worker.Options{Pipe: true}) }},
}

// BenchmarkMSM has the CPU sum: what a worker adds is the difference.
func BenchmarkMSM(b *testing.B) {
	for _, log := range []int{10, 16, 20} {
		points, x := pointsOf(1<<log), elements(1<<log)
		for _, w := range ways {
			b.Run(fmt.Sprintf("log=%d/%s", log, w.name), func(b *testing.B) {
				p, err := w.open(b).G1(points)
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := p.MSM(0, accel.Elements(x)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkIdle has a device sum that does not compute: all that it takes is the worker's.
func BenchmarkIdle(b *testing.B) {
	for _, log := range []int{10, 16, 20} {
		points, x := pointsOf(1<<log), elements(1<<log)
		for _, w := range ways[1:] {
			b.Run(fmt.Sprintf("log=%d/%s", log, w.name), func(b *testing.B) {
				p, err := begin(b, "idle", worker.Options{Pipe: w.name == "pipe"}).G1(points)
				if err != nil {
					b.Fatal(err)
				}
				least := time.Hour
				for b.Loop() {
					begin := time.Now()
					if _, err := p.MSM(0, accel.Elements(x)); err != nil {
						b.Fatal(err)
					}
					least = min(least, time.Since(begin))
				}
				b.ReportMetric(float64(least.Microseconds()), "least-µs/op")
			})
		}
	}
}

// BenchmarkPoints keeps points, and frees them.
func BenchmarkPoints(b *testing.B) {
	points := pointsOf(1 << 20)
	for _, w := range ways {
		b.Run(w.name, func(b *testing.B) {
			d := w.open(b)
			b.SetBytes(int64(64 * len(points)))
			for b.Loop() {
				p, err := d.G1(points)
				if err != nil {
					b.Fatal(err)
				}
				p.Free()
			}
		})
	}
}

// BenchmarkVector sends a vector there and back.
func BenchmarkVector(b *testing.B) {
	x := elements(1 << 20)
	out := make([]fr.Element, len(x))
	for _, w := range ways {
		b.Run(w.name, func(b *testing.B) {
			d := w.open(b)
			b.SetBytes(int64(2 * 32 * len(x)))
			for b.Loop() {
				v, err := d.Vector(x)
				if err == nil {
					err = v.Read(out)
				}
				if err != nil {
					b.Fatal(err)
				}
				v.Free()
			}
		})
	}
}

// BenchmarkCall asks for next to nothing.
func BenchmarkCall(b *testing.B) {
	for _, w := range ways {
		b.Run(w.name, func(b *testing.B) {
			v, err := w.open(b).Vector(elements(1))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := v.Add(v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStart starts a worker and ends it.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		d, err := start(b.Context(), "cpu", worker.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
