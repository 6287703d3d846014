// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"bytes"
	"context"
	"encoding/json"
	"math/big"
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
		if !c.OnDevice {
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

// A moody device is right but for one call, the at-th: of Vector and Read if transfers is
// set, or else of what computes.
type moody struct {
	cpu.Device
	calls     *int
	at        int
	transfers bool
}

func (m moody) wrong(transfer bool) bool {
	if transfer != m.transfers {
		return false
	}
	*m.calls++
	return *m.calls == m.at
}

type moodyG1 struct {
	accel.G1
	moody
}

type moodyG2 struct {
	accel.G2
	moody
}

type moodyVector struct {
	accel.Vector
	moody
}

func (m moody) G1(p []curve.G1Affine) (accel.G1, error) {
	g, err := m.Device.G1(p)
	return moodyG1{g, m}, err
}

func (m moody) G2(p []curve.G2Affine) (accel.G2, error) {
	g, err := m.Device.G2(p)
	return moodyG2{g, m}, err
}

func (m moody) Vector(x []fr.Element) (accel.Vector, error) {
	v, err := m.Device.Vector(x)
	if err == nil && m.wrong(true) {
		err = v.Add(v)
	}
	return moodyVector{v, m}, err
}

func (g moodyG1) MSM(from int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	out, err := g.G1.MSM(from, x...)
	if g.wrong(false) {
		out[0].Neg(&out[0])
	}
	return out, err
}

func (g moodyG2) MSM(from int, x ...accel.Scalars) ([]curve.G2Affine, error) {
	out, err := g.G2.MSM(from, x...)
	if g.wrong(false) {
		out[0].Neg(&out[0])
	}
	return out, err
}

// spoiled doubles the vector where the device is wrong.
func (v moodyVector) spoiled(err error) error {
	if err == nil && v.wrong(false) {
		err = v.Vector.Add(v.Vector)
	}
	return err
}

func (v moodyVector) Len() int { return v.Vector.Len() }

func (v moodyVector) Read(out []fr.Element) error {
	err := v.Vector.Read(out)
	if v.wrong(true) {
		out[0].Double(&out[0])
	}
	return err
}

func (v moodyVector) NTT(f accel.Form) error { return v.spoiled(v.Vector.NTT(f)) }

func (v moodyVector) INTT(f accel.Form) error { return v.spoiled(v.Vector.INTT(f)) }

func (v moodyVector) Add(w accel.Vector) error {
	return v.spoiled(v.Vector.Add(w.(moodyVector).Vector))
}

func (v moodyVector) Mul(w accel.Vector) error {
	return v.spoiled(v.Vector.Mul(w.(moodyVector).Vector))
}

func (v moodyVector) Scale(x *fr.Element) error { return v.spoiled(v.Vector.Scale(x)) }

// What was timed is checked, not what is done again: one wrong result fails its row, if it
// is the first, cold, or one of the warm repetitions.
func TestOneLie(t *testing.T) {
	t.Parallel()
	cases, err := Cases([]int{4})
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		c := &cases[i]
		if !c.OnDevice {
			continue
		}
		transfers := strings.HasPrefix(c.Name, "Transfer")
		lies := map[int]string{1: "cold", 2: "warm", 3: "warm"}
		switch {
		case strings.HasPrefix(c.Name, "Transfer/to=device"):
			// Calls are: to the device, read by the check, then two to the device.
			lies = map[int]string{1: "cold", 4: "warm"}
		case transfers: // only the last is looked at
			// A vector to the device, cold, then two warm ones.
			lies = map[int]string{2: "cold", 4: "warm"}
		}
		for at, state := range lies {
			rows := run(t, c, moody{calls: new(int), at: at, transfers: transfers})
			if last := rows[len(rows)-1]; last.Param("state") != state || !strings.HasPrefix(last.Failure, "wrong result: ") || len(last.Samples) != 0 {
				t.Errorf("call %d of %s is wrong: %+v", at, c.Name, last)
			}
		}
	}
}

// What no device computes is checked, too: a multiplication that is off by one.
func TestFieldLies(t *testing.T) {
	t.Parallel()
	a := arithmetic[fr.Element]{random: func(n int) []fr.Element { return elements(seeded(1), n) },
		mul: func(z, x, y *fr.Element) {
			var one fr.Element
			one.SetOne()
			z.Add(z.Mul(x, y), &one)
		},
		big: func(x *fr.Element) *big.Int { return x.BigInt(new(big.Int)) }, modulus: fr.Modulus()}
	o, err := a.multiply(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Warm(3); err != nil {
		t.Fatal(err)
	}
	if err := o.Check(); err == nil || err.Error() != "wrong result: not the product" {
		t.Errorf("got %v", err)
	}
}
