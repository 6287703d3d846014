// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// forgetful is a device that takes some rows for 0: while a circuit is solved, in sums over
// the points that it was given second, which are those of commitments to rows, and in the
// first vector from when it is armed.
type forgetful struct {
	cpu.Device
	rows   []int
	solved bool
	armed  bool
	points []accel.G1
}

type forgetfulPoints struct {
	accel.G1
	d *forgetful
}

func (d *forgetful) G1(points []curve.G1Affine) (accel.G1, error) {
	g, err := d.Device.G1(points)
	d.points = append(d.points, g)
	if len(d.points) != 2 {
		return g, err
	}
	return &forgetfulPoints{g, d}, err
}

func (p *forgetfulPoints) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	own := slices.Clone(scalars)
	for i, x := range own {
		if e, ok := x.(accel.Elements); ok && !p.d.solved {
			own[i] = accel.Elements(p.d.forget(e))
		}
	}
	return p.G1.MSM(from, own...)
}

func (d *forgetful) Vector(x []fr.Element) (accel.Vector, error) {
	if d.armed {
		x, d.armed = d.forget(x), false
	}
	return d.Device.Vector(x)
}

func (d *forgetful) forget(x []fr.Element) []fr.Element {
	x = slices.Clone(x)
	for _, row := range d.rows {
		x[row].SetZero()
	}
	return x
}

// TestForgottenMasks has a device leave the masks of a commitment out, of its sum alone or
// of π too. No proof verifies whose commitment is not masked.
func TestForgottenMasks(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	info := f.gates.CommitmentInfo.CommitmentIndexes()[0]
	public, rows := len(f.gates.Public), len(f.gates.Public)+f.gates.GetNbConstraints()
	for _, armed := range []bool{false, true} {
		device := &forgetful{rows: []int{public + info, rows - 1}}
		s := f.solve(t, device, Options{})
		if len(device.points) != 2 {
			t.Fatalf("%d sets of points, want 2", len(device.points))
		}
		unmasked, err := kzg.Commit(device.forget(s.committed[0].values), f.pk.KzgLagrange)
		if err != nil {
			t.Fatal(err)
		}
		device.solved, device.armed = true, armed
		proof, err := s.Prove(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if device.armed {
			t.Fatal("no vector was made")
		}
		if verified := f.verify(proof) == nil; verified == armed {
			t.Errorf("masks left out of π %v: it verifies: %v", armed, verified)
		}
		if proof.Bsb22Commitments[0].Equal(&unmasked) {
			t.Errorf("masks left out of π %v: the commitment is not masked", armed)
		}
	}
}

// recording is a device that keeps the sums that it made.
type recording struct {
	cpu.Device
	mu   sync.Mutex
	sums []curve.G1Affine
}

type recordingPoints struct {
	accel.G1
	d *recording
}

func (d *recording) G1(points []curve.G1Affine) (accel.G1, error) {
	g, err := d.Device.G1(points)
	return &recordingPoints{g, d}, err
}

func (p *recordingPoints) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	out, err := p.G1.MSM(from, scalars...)
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.d.sums = append(p.d.sums, out...)
	return out, err
}

// No commitment of a proof is as a device returned it, but for the openings, which are not
// blinded.
func TestNoCommitmentIsTheDevices(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 200, Commitments: 1}, newPowers(-1, 200))
	device := new(recording)
	proof := f.prove(t, device, Options{}, backend.WithStatisticalZeroKnowledge())
	if err := f.verify(proof); err != nil {
		t.Fatal(err)
	}
	for name, p := range points(proof) {
		if returned := slices.Contains(device.sums, p); returned != strings.HasPrefix(name, "opening") {
			t.Errorf("%s is as the device returned it: %v", name, returned)
		}
	}
}

// What a circuit commits to is looked at: nothing else is between it and a panic of the
// solver's goroutine.
func TestCommitRanges(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	s := f.solve(t, cpu.Device{}, Options{})
	info := s.commitments[0]
	in := make([]*big.Int, 1+len(info.Committed))
	for i := range in {
		in[i] = new(big.Int)
	}
	with := func(i int, x int64) []*big.Int {
		out := slices.Clone(in)
		out[i] = big.NewInt(x)
		return out
	}
	huge := slices.Clone(in)
	huge[0] = new(big.Int).Lsh(big.NewInt(1), 64)
	err := s.key.use(s.device, func(k *place) error {
		one := []*big.Int{new(big.Int)}
		commit := func(name string, in, out []*big.Int, ok bool) {
			if err := s.commit(k, in, out); (err == nil) != ok {
				t.Errorf("%s: %v", name, err)
			}
		}
		commit("as it should be", in, one, true)
		commit("no inputs", nil, one, false)
		commit("no outputs", in, nil, false)
		commit("another commitment", with(0, 1), one, false)
		commit("a negative one", with(0, -1), one, false)
		commit("a huge one", huge, one, false)
		commit("a wire less", in[:len(in)-1], one, false)
		commit("a wire more", append(in[:len(in):len(in)], new(big.Int)), one, false)
		for _, row := range []int{-1, k.rows - k.public, k.rows - k.public - 1, info.CommitmentIndex, 1 << 40} {
			s.commitments[0].Committed = slices.Clone(info.Committed)
			s.commitments[0].Committed[0] = row
			commit("another row", in, one, false)
		}
		s.commitments[0].Committed = info.Committed
		for _, row := range []int{-k.public - 1, k.rows, 1 << 40} {
			s.commitments[0].CommitmentIndex = row
			commit("another row of the commitment", in, one, false)
		}
		s.commitments[0] = info
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
