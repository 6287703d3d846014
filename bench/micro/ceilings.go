// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"runtime"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/bench/measure"
)

// ceilings are what nothing is faster than: products and memory, of one thread and all.
// They are measured warm only, as rates.
func ceilings() []measure.Case {
	var out []measure.Case
	for _, single := range []bool{true, false} {
		threads := runtime.GOMAXPROCS(0)
		if single {
			threads = 1
		}
		add := func(kind string, size int, prepare func() *machine.Ceiling) {
			name := bench.CeilingName(kind, single, size)
			out = append(out, measure.Case{Name: name, Run: func(s *measure.Measurement) error {
				return s.MeasureWarm(s.Row(name, ""), func() (*measure.Operation, error) {
					c := prepare()
					return &measure.Operation{Warm: func(n int) error { c.Run(n); return nil }, Rate: c.Amount(), RateUnit: c.Unit + "/s"}, nil
				})
			}})
		}
		for _, kind := range machine.Products() {
			add(kind, 0, func() *machine.Ceiling { return machine.Multiply(kind, threads) })
		}
		for _, size := range machine.WorkingSets {
			add("read", size, func() *machine.Ceiling { return machine.Read(threads, size) })
			add("copy", size, func() *machine.Ceiling { return machine.Copy(threads, size) })
		}
	}
	return out
}
