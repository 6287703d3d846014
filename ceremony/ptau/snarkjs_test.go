// SPDX-License-Identifier: Apache-2.0

package ptau_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ceremony/ptau"
	"github.com/zkml-go/zkml/internal/need"
)

// Files that snarkjs makes are read, after one contribution and a beacon, and prepared for phase 2. Those
// that nobody contributed to are not.
func TestSnarkjs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("snarkjs takes some seconds")
	}
	cli := need.Tool(t, "snarkjs")
	dir := t.TempDir()
	snarkjs := func(args ...string) {
		t.Helper()
		cmd := exec.Command("node", append([]string{cli, "powersoftau"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("snarkjs %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	const power = 5
	snarkjs("new", "bn128", "5", "new.ptau")
	snarkjs("contribute", "new.ptau", "one.ptau", "--name=one", "-e=some entropy")
	snarkjs("beacon", "one.ptau", "beacon.ptau", "0102030405060708090a0b0c0d0e0f10", "10", "-n=beacon")
	snarkjs("prepare", "phase2", "beacon.ptau", "final.ptau")

	for _, name := range []string{"one", "beacon", "final"} {
		f := openFile(t, filepath.Join(dir, name+".ptau"))
		if f.Power() != power {
			t.Errorf("%s: power %d, want %d", name, f.Power(), power)
		}
		srs, err := f.SRS(2<<power - 1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		opens(t, srs)
		if _, err := f.Phase1(1 << power); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The Lagrange basis that snarkjs prepared is the one that is computed without it.
	computed := lagrange(t, openFile(t, filepath.Join(dir, "beacon.ptau")))
	for _, n := range []int{2, 1 << power} {
		if !reflect.DeepEqual(computed[n], lagrange(t, openFile(t, filepath.Join(dir, "final.ptau")))[n]) {
			t.Errorf("another Lagrange basis of %d", n)
		}
	}
	f := openFile(t, filepath.Join(dir, "new.ptau"))
	const want = "tau is 1 or -1: nobody contributed"
	if _, err := f.SRS(3); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("without a contribution: got %v, want an error with %q", err, want)
	}
}

// lagrange returns the Lagrange bases of 2 and of 32 roots.
func lagrange(t *testing.T, f *ptau.File) map[int]*ptau.Lagrange {
	t.Helper()
	out := map[int]*ptau.Lagrange{}
	for _, n := range []int{2, 32} {
		p, err := f.Phase1(n)
		if err != nil {
			t.Fatal(err)
		}
		if out[n], err = f.Lagrange(p); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func openFile(t *testing.T, path string) *ptau.File {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := ptau.Open(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return f
}
