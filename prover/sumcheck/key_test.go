// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"runtime"
	"sync"
	"testing"

	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// denseJob sets the dense layer up, once for all tests.
var denseJob = sync.OnceValues(func() (*sumcheck.Job, error) {
	p, err := exemplar.Dense()
	if err != nil {
		return nil, err
	}
	return jobOf(context.Background(), p, relation.Options{TableBits: 4}, vsnark.Groth16)
})

// keyed returns keys of a program with columns of the model.
func keyed(t testing.TB) (*sumcheck.ProvingKey, *reduction.Plan) {
	t.Helper()
	j, err := denseJob()
	if err != nil {
		t.Fatal(err)
	}
	if j.Plan.Layout.Model == 0 {
		t.Fatal("the model has no columns")
	}
	return j.Key, j.Plan
}

func encode(t testing.TB, ck *sumcheck.CommitmentKey) []byte {
	t.Helper()
	var out bytes.Buffer
	n, err := ck.WriteTo(&out)
	if err != nil || n != int64(out.Len()) {
		t.Fatalf("%d bytes, %d counted: %v", out.Len(), n, err)
	}
	return out.Bytes()
}

// TestCommitmentKey reads what was written, and refuses every other length and points
// that are none. A byte changed makes another key or none, never the same one.
func TestCommitmentKey(t *testing.T) {
	t.Parallel()
	pk, plan := keyed(t)
	vk := pk.VerifyingKey()
	data := encode(t, pk.CommitmentKey())
	ck, err := sumcheck.UnmarshalCommitmentKey(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, ck), data) {
		t.Error("the key was not read as written")
	}
	for _, wrap := range []bool{true, false} {
		w := pk.Wrap()
		if !wrap {
			w = nil
		}
		if _, err := sumcheck.NewProvingKey(vk, ck, w); err != nil {
			t.Error(err)
		}
	}
	if err := sumcheck.Fits(vk, plan); err != nil {
		t.Error(err)
	}
	for _, n := range []int{0, 10, 26, 27, len(data) / 2, len(data) - 1} {
		if _, err := sumcheck.UnmarshalCommitmentKey(data[:n]); err == nil {
			t.Errorf("%d of %d bytes are a key", n, len(data))
		}
	}
	if _, err := sumcheck.UnmarshalCommitmentKey(append(bytes.Clone(data), 0)); err == nil {
		t.Error("a trailing byte is part of the key")
	}
	points := len(data) - 64*(1<<8+1)
	for i := range data {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		other, err := sumcheck.UnmarshalCommitmentKey(changed)
		switch {
		case err == nil && (i < 26 || i >= points):
			t.Fatalf("byte %d changed: still a key", i) // a point that leaves the curve, or a header
		case err == nil && bytes.Equal(encode(t, other), data):
			t.Fatalf("byte %d changed: the same key", i)
		}
	}
}

// TestCommitmentKeyClaims gives headers that claim more than there is: nothing is
// allocated for it. No other test runs meanwhile.
func TestCommitmentKeyClaims(t *testing.T) {
	pk, _ := keyed(t)
	data := encode(t, pk.CommitmentKey())
	for _, at := range []int{18, 22} {
		for _, n := range []uint32{0, 1 << 20, 1<<32 - 1} {
			changed := bytes.Clone(data)
			binary.BigEndian.PutUint32(changed[at:], n)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := sumcheck.UnmarshalCommitmentKey(changed)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Errorf("%d at byte %d: still a key", n, at)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<16 {
				t.Errorf("%d at byte %d: %d bytes allocated", n, at, allocated)
			}
		}
	}
}

// TestForeignParts puts parts of two keys together.
func TestForeignParts(t *testing.T) {
	t.Parallel()
	pk, plan := keyed(t)
	j, _ := newJob(t, "lookup")
	vk, other := pk.VerifyingKey(), j.Key
	if _, err := sumcheck.NewProvingKey(vk, other.CommitmentKey(), pk.Wrap()); err == nil {
		t.Error("another's commitment key is accepted")
	}
	if _, err := sumcheck.NewProvingKey(vk, pk.CommitmentKey(), other.Wrap()); err == nil {
		t.Error("another's key of the wrap is accepted")
	}
	if err := sumcheck.Fits(other.VerifyingKey(), plan); err == nil {
		t.Error("another's key fits")
	}
	// The same sizes, another secret.
	data, foreign := encode(t, pk.CommitmentKey()), encode(t, other.CommitmentKey())
	powers := 64 * (1<<8 + 1)
	mixed := append(bytes.Clone(data[:len(data)-powers]), foreign[len(foreign)-powers:]...)
	ck, err := sumcheck.UnmarshalCommitmentKey(mixed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sumcheck.NewProvingKey(vk, ck, pk.Wrap()); err == nil {
		t.Error("powers of another secret are accepted")
	}
	// Powers that begin with τ.
	shifted := bytes.Clone(data)
	copy(shifted[len(data)-powers:], data[len(data)-powers+64:])
	if ck, err = sumcheck.UnmarshalCommitmentKey(shifted); err != nil {
		t.Fatal(err)
	}
	if _, err := sumcheck.NewProvingKey(vk, ck, pk.Wrap()); err == nil {
		t.Error("powers that do not begin with the generator are accepted")
	}
}

// FuzzCommitmentKey: what decodes has one encoding.
func FuzzCommitmentKey(f *testing.F) {
	pk, _ := keyed(f)
	data := encode(f, pk.CommitmentKey())
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add(data[:26])
	f.Fuzz(func(t *testing.T, data []byte) {
		ck, err := sumcheck.UnmarshalCommitmentKey(data)
		if err == nil && !bytes.Equal(encode(t, ck), data) {
			t.Fatal("decoded a key that has another encoding")
		}
	})
}
