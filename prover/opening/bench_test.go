// SPDX-License-Identifier: Apache-2.0

package opening_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
)

// BenchmarkOpen opens a mask and seven columns of bytes.
func BenchmarkOpen(b *testing.B) {
	for _, vars := range []int{12, 16, 18, 20} {
		b.Run(fmt.Sprintf("n=%d", vars), func(b *testing.B) {
			p := pcs.Params{Vars: vars}
			srs, err := unsafesetup.Powers(p.Size() + 1)
			if err != nil {
				b.Fatal(err)
			}
			key, err := opening.NewKey(cpu.Device{}, srs.Pk.G1)
			if err != nil {
				b.Fatal(err)
			}
			mask, err := opening.Mask(p)
			if err != nil {
				b.Fatal(err)
			}
			columns := []opening.Column{mask}
			rnd := rand.New(rand.NewPCG(1, 2))
			for range 7 {
				x := make(opening.Ints[int8], p.Size())
				for i := range x {
					x[i] = int8(rnd.Uint64())
				}
				columns = append(columns, opening.Column{Values: x, Blind: random()})
			}
			u := make([]fr.Element, vars)
			for i := range u {
				u[i] = random()
			}
			total := map[string]float64{}
			for b.Loop() {
				o, err := opening.Open(context.Background(), key, p, columns, u, random(), random())
				if err != nil {
					b.Fatal(err)
				}
				for _, f := range o.Phases {
					total[f.Name] += f.Time.Seconds()
				}
			}
			for name, t := range total {
				b.ReportMetric(1000*t/float64(b.N), "ms-"+strings.ReplaceAll(name, " ", "-"))
			}
		})
	}
}
