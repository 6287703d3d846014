// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// run measures a case in this process, a sample cold and one warm, as short as can be.
func run(t *testing.T, c *measure.Case, device accel.Device) []bench.Row {
	t.Helper()
	spec := measure.Spec{Case: c.Name, Count: 1, Cold: true}
	if c.OnDevice {
		spec.Device = "cpu"
	}
	in, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := measure.Serve(t.Context(), bytes.NewReader(in), &out, func(measure.Spec) ([]measure.Case, error) { return []measure.Case{*c}, nil },
		func(context.Context, string, measure.Use) (accel.Device, error) { return device, nil }); err != nil {
		t.Fatal(err)
	}
	var rows []bench.Row
	for d := json.NewDecoder(&out); d.More(); {
		var m struct{ Row *bench.Row }
		if err := d.Decode(&m); err != nil {
			t.Fatal(err)
		}
		if m.Row != nil {
			rows = append(rows, *m.Row)
		}
	}
	return rows
}

// Every kernel runs, and its result is right, at sizes that are smaller and larger than
// what loops are unrolled by.
func TestCases(t *testing.T) {
	t.Parallel()
	cases, err := Cases([]int{1, 3, 9})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range cases {
		c := &cases[i]
		if seen[c.Name] {
			t.Errorf("two cases %s", c.Name)
		}
		seen[c.Name] = true
		if bench.IsCeiling(c.Name) && strings.Contains(c.Name, "bytes=134217728") {
			continue // for the memory that tests may take
		}
		rows := run(t, c, cpu.Device{})
		want := 2 // cold and warm
		if bench.IsCeiling(c.Name) || !strings.Contains(c.Name, "log2n=") {
			want = 1
		}
		if len(rows) != want {
			t.Errorf("%s: %d rows, want %d", c.Name, len(rows), want)
		}
		for _, r := range rows {
			if r.Failure != "" || len(r.Samples) != 1 || !strings.HasPrefix(r.Name, c.Name) {
				t.Errorf("%+v", r)
			}
			if w := r.Work; w.Mul64 < 0 || w.Mul52 < 0 || w.Bytes < 0 {
				t.Errorf("%s: less than no work: %+v", r.Name, w)
			}
		}
	}
	if len(seen) < 50 {
		t.Errorf("%d cases", len(seen))
	}
}

func TestCasesRefuse(t *testing.T) {
	t.Parallel()
	for _, sizes := range [][]int{{0}, {-1}, {10, 28}} {
		if _, err := Cases(sizes); err == nil {
			t.Errorf("sizes %v accepted", sizes)
		}
	}
}

// A liar returns what it is told to, slightly off.
type liar struct{ cpu.Device }

type lyingG1 struct{ accel.G1 }

type lyingG2 struct{ accel.G2 }

type lyingVector struct{ accel.Vector }

func (l liar) G1(p []curve.G1Affine) (accel.G1, error) {
	g, err := l.Device.G1(p)
	return lyingG1{g}, err
}

func (l liar) G2(p []curve.G2Affine) (accel.G2, error) {
	g, err := l.Device.G2(p)
	return lyingG2{g}, err
}

func (l liar) Vector(x []fr.Element) (accel.Vector, error) {
	v, err := l.Device.Vector(x)
	return lyingVector{v}, err
}

func (g lyingG1) MSM(from int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	out, err := g.G1.MSM(from, x...)
	out[0].Neg(&out[0])
	return out, err
}

func (g lyingG2) MSM(from int, x ...accel.Scalars) ([]curve.G2Affine, error) {
	out, err := g.G2.MSM(from, x...)
	out[0].Neg(&out[0])
	return out, err
}

func (v lyingVector) Read(out []fr.Element) error {
	err := v.Vector.Read(out)
	out[len(out)-1].Double(&out[len(out)-1])
	return err
}

func (v lyingVector) Add(w accel.Vector) error { return v.Vector.Add(w.(lyingVector).Vector) }

func (v lyingVector) Mul(w accel.Vector) error { return v.Vector.Mul(w.(lyingVector).Vector) }

// No time of a device that lies is believed.
func TestLies(t *testing.T) {
	t.Parallel()
	cases, err := Cases([]int{4})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range cases {
		c := &cases[i]
		if !c.OnDevice || strings.HasPrefix(c.Name, "Transfer/to=device") { // which brings nothing back
			continue
		}
		n++
		rows := run(t, c, liar{})
		if last := rows[len(rows)-1]; !strings.HasPrefix(last.Failure, "wrong result: ") || len(last.Samples) != 0 {
			t.Errorf("%s: %+v", c.Name, last)
		}
	}
	if n < 12 {
		t.Errorf("%d kernels on devices", n)
	}
}
