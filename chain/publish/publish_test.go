// SPDX-License-Identifier: Apache-2.0

package publish_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/publish"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// honest returns an opening of two of three commitments, with tensors of so many bytes, and the commitment to
// its input.
func honest(t *testing.T, size int) (o publish.Opening, inputCommitment [32]byte) {
	t.Helper()
	o = publish.Opening{Caller: common.Address{1}, Nonce: big.NewInt(2), InputHash: statement.Keccak([]byte("public")), Commitments: make([][32]byte, 3)}
	for _, i := range []int64{0, 2} {
		var salt fr.Element
		salt.MustSetRandom()
		data := bytes.Repeat([]byte{byte(i + 3), 0, 9}, size/3+1)[:size]
		c := circuits.Commit(salt, data)
		o.Commitments[i] = c.Bytes()
		o.Tensors = append(o.Tensors, publish.Tensor{Index: big.NewInt(i), Salt: salt.Bytes(), Data: data})
	}
	return o, contracts.InputCommitment([]byte("public"), o.Commitments, o.Caller, o.Nonce)
}

func encode(t *testing.T, o publish.Opening) []byte {
	t.Helper()
	data, err := o.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestOpening(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 28, 29, 1000} {
		o, commitment := honest(t, size)
		data := encode(t, o)
		for _, padded := range [][]byte{data, append(bytes.Clone(data), make([]byte, 77)...)} {
			got, err := publish.Decode(padded)
			if err != nil {
				t.Fatal(err)
			}
			if err := got.Check(commitment, publish.Hash); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
			got.Tag = [32]byte{}
			if diff := cmp.Diff(o, *got, cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })); diff != "" {
				t.Errorf("%d bytes (-want +got):\n%s", size, diff)
			}
		}
	}
}

// TestForgedOpenings changes everything in an opening.
func TestForgedOpenings(t *testing.T) {
	t.Parallel()
	changes := map[string]func(o *publish.Opening){
		"caller":               func(o *publish.Opening) { o.Caller[0] ^= 1 },
		"nonce":                func(o *publish.Opening) { o.Nonce = big.NewInt(3) },
		"public input":         func(o *publish.Opening) { o.InputHash[0] ^= 1 },
		"commitment":           func(o *publish.Opening) { o.Commitments[1][31] ^= 1 },
		"a commitment more":    func(o *publish.Opening) { o.Commitments = append(o.Commitments, [32]byte{}) },
		"no tensors":           func(o *publish.Opening) { o.Tensors = nil },
		"data":                 func(o *publish.Opening) { o.Tensors[1].Data[28] ^= 1 },
		"a chunk less":         func(o *publish.Opening) { o.Tensors[1].Data = o.Tensors[1].Data[:28] },
		"a chunk more":         func(o *publish.Opening) { o.Tensors[1].Data = append(o.Tensors[1].Data, make([]byte, 28)...) },
		"salt":                 func(o *publish.Opening) { o.Tensors[0].Salt[31] ^= 1 },
		"salt + r":             func(o *publish.Opening) { o.Tensors[0].Salt = plusModulus(o.Tensors[0].Salt) },
		"index":                func(o *publish.Opening) { o.Tensors[1].Index = big.NewInt(1) },
		"index out of range":   func(o *publish.Opening) { o.Tensors[1].Index = big.NewInt(3) },
		"index of 200 bits":    func(o *publish.Opening) { o.Tensors[1].Index = new(big.Int).Lsh(big.NewInt(1), 200) },
		"tensors swapped":      func(o *publish.Opening) { o.Tensors[0], o.Tensors[1] = o.Tensors[1], o.Tensors[0] },
		"one tensor twice":     func(o *publish.Opening) { o.Tensors[1] = o.Tensors[0] },
		"indices of the other": func(o *publish.Opening) { o.Tensors[0].Data, o.Tensors[1].Data = o.Tensors[1].Data, o.Tensors[0].Data },
	}
	for name, change := range changes {
		o, commitment := honest(t, 56)
		change(&o)
		got, err := publish.Decode(encode(t, o))
		if err == nil {
			err = got.Check(commitment, publish.Hash)
		}
		if !errors.Is(err, publish.ErrRefused) {
			t.Errorf("%s: got error %v, want ErrRefused", name, err)
		}
	}
}

// plusModulus returns w + r, which fits in 254 bits and one.
func plusModulus(w [32]byte) [32]byte {
	sum := new(big.Int).SetBytes(w[:])
	return [32]byte(sum.Add(sum, fr.Modulus()).FillBytes(make([]byte, 32)))
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	o, _ := honest(t, 56)
	data := encode(t, o)
	other := bytes.Clone(data)
	other[32] ^= 1 // the tag
	moved := bytes.Clone(data)
	moved[31] = 64 // where the struct begins
	moved = append(append(moved[:32:32], make([]byte, 32)...), data[32:]...)
	for name, bad := range map[string][]byte{
		"nothing": nil, "cut": data[:len(data)-32], "another tag": other, "more": append(bytes.Clone(data), 0, 1), "another encoding": moved,
		"a huge length": append(bytes.Clone(data[:32*5]), bytes.Repeat([]byte{0xff}, 320)...),
	} {
		if _, err := publish.Decode(bad); !errors.Is(err, publish.ErrRefused) {
			t.Errorf("%s: got error %v, want ErrRefused", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	o := publish.Opening{Nonce: big.NewInt(1), Commitments: make([][32]byte, 1), Tensors: []publish.Tensor{{Index: new(big.Int), Data: []byte{1}}}}
	data, err := o.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:100])
	f.Fuzz(func(t *testing.T, data []byte) {
		if o, err := publish.Decode(data); err == nil {
			o.Check([32]byte{}, publish.Hash)
		}
	})
}

// TestCalldata publishes more than fits a transaction, and reads it back.
func TestCalldata(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		o, commitment := honest(t, 60_000)
		data := encode(t, o)
		drafts := publish.Calldata(data, c.From())
		if len(drafts) != 2 {
			t.Errorf("%d transactions for %d bytes, want 2", len(drafts), len(data))
		}
		hashes := send(t, c, drafts)
		got, err := publish.Fetch(t.Context(), c, hashes, nil)
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("fetched %d bytes with error %v", len(got), err)
		}
		opening, err := publish.Decode(got)
		if err != nil || opening.Check(commitment, publish.Hash) != nil {
			t.Errorf("errors %v and %v", err, opening.Check(commitment, publish.Hash))
		}
		hashes[0], hashes[1] = hashes[1], hashes[0]
		got, err = publish.Fetch(t.Context(), c, hashes, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := publish.Decode(got); !errors.Is(err, publish.ErrRefused) {
			t.Errorf("in the wrong order: got error %v, want ErrRefused", err)
		}
		if _, err := publish.Fetch(t.Context(), c, []common.Hash{{1}}, nil); !errors.Is(err, chain.ErrNoTransaction) {
			t.Errorf("got error %v, want ErrNoTransaction", err)
		}
	})
}

func send(t *testing.T, c *chain.Chain, drafts []chain.Draft) (hashes []common.Hash) {
	t.Helper()
	for _, d := range drafts {
		var r *types.Receipt
		r, err := c.Send(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, r.TxHash)
	}
	return hashes
}

// TestBlobs publishes data in two blobs, and wants them refused when a byte differs.
func TestBlobs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("proofs of blobs take seconds")
	}
	o, _ := honest(t, 70_000)
	data := encode(t, o)
	drafts, err := publish.Blobs(data, common.Address{1})
	if err != nil {
		t.Fatal(err)
	}
	if len(drafts) != 1 || len(drafts[0].Blobs.Blobs) != 2 {
		t.Fatalf("%d transactions for %d bytes, want one with two blobs", len(drafts), len(data))
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		from, drafts := c.From(), []chain.Draft{drafts[0]}
		drafts[0].To = &from
		hashes := send(t, c, drafts)
		if _, err := publish.Fetch(t.Context(), c, hashes, nil); !errors.Is(err, publish.ErrNeedsData) {
			t.Errorf("without a copy: got error %v, want ErrNeedsData", err)
		}
		if got, err := publish.Fetch(t.Context(), c, hashes, data); err != nil || !bytes.Equal(got, data) {
			t.Errorf("with a copy: error %v", err)
		}
		for _, at := range []int{0, 31 * 4096, len(data) - 1} {
			wrong := bytes.Clone(data)
			wrong[at] ^= 1
			if _, err := publish.Fetch(t.Context(), c, hashes, wrong); !errors.Is(err, publish.ErrRefused) {
				t.Errorf("with byte %d changed: got error %v, want ErrRefused", at, err)
			}
		}
		fetchFromBeacon(t, c, hashes, drafts[0].Blobs, data)
		if _, err := publish.Fetch(t.Context(), c, hashes, data[:1000]); !errors.Is(err, publish.ErrRefused) {
			t.Error("a copy with a blob less is taken")
		}
	})
}

// fetchFromBeacon fetches blobs from beacon nodes, an honest one and others.
func fetchFromBeacon(t *testing.T, c *chain.Chain, hashes []common.Hash, sidecar *types.BlobTxSidecar, data []byte) {
	t.Helper()
	beacon := func(list []kzg4844.Blob) publish.Beacon {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var want []string
			for _, h := range sidecar.BlobHashes() {
				want = append(want, h.Hex())
			}
			if !strings.HasPrefix(r.URL.Path, "/eth/v1/beacon/blobs/0x") || r.URL.Query().Get("versioned_hashes") != strings.Join(want, ",") {
				http.NotFound(w, r)
				return
			}
			json.NewEncoder(w).Encode(map[string]any{"data": list})
		}))
		t.Cleanup(server.Close)
		return publish.Beacon{URL: server.URL + "/"}
	}
	if _, err := beacon(sidecar.Blobs).Fetch(t.Context(), c, hashes); !errors.Is(err, chain.ErrNoBeaconRoot) {
		t.Errorf("before the next block: got error %v, want ErrNoBeaconRoot", err)
	}
	if _, err := c.Send(t.Context(), chain.Draft{To: &common.Address{1}}); err != nil { // the next block
		t.Fatal(err)
	}
	got, err := beacon(sidecar.Blobs).Fetch(t.Context(), c, hashes)
	if err != nil || !bytes.HasPrefix(got, data) || len(bytes.Trim(got[len(data):], "\x00")) > 0 {
		t.Fatalf("got %d bytes and error %v", len(got), err)
	}
	if _, err := publish.Fetch(t.Context(), c, hashes, got); err != nil {
		t.Errorf("what the beacon node gave is refused: %v", err)
	}
	lie := slices.Clone(sidecar.Blobs)
	lie[1][1] ^= 1
	got, err = beacon(lie).Fetch(t.Context(), c, hashes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Fetch(t.Context(), c, hashes, got); !errors.Is(err, publish.ErrRefused) {
		t.Errorf("a lie of the beacon node: got error %v, want ErrRefused", err)
	}
	if _, err := beacon(lie[:1]).Fetch(t.Context(), c, hashes); !errors.Is(err, publish.ErrNoBeacon) {
		t.Errorf("a blob less: got error %v, want ErrNoBeacon", err)
	}
	hang := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"data": [`))
		w.(http.Flusher).Flush()
		<-hang
	}))
	defer silent.Close()
	defer close(hang)
	_, err = publish.Beacon{URL: silent.URL, Timeout: 100 * time.Millisecond}.Fetch(t.Context(), c, hashes)
	if !errors.Is(err, publish.ErrNoBeacon) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an answer that does not end: got error %v, want ErrNoBeacon and that its time is over", err)
	}
}
