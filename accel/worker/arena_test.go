// SPDX-License-Identifier: Apache-2.0

//go:build linux && (amd64 || arm64)

package worker

import (
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
)

// TestCloseWhileFull closes an arena while many ask for memory that there is none of: nobody
// waits for ever.
func TestCloseWhileFull(t *testing.T) {
	t.Parallel()
	for range 20 {
		a := newArena()
		if a == nil {
			t.Skip("needs memory that can be shared")
		}
		a.file.Close()
		var err error
		if a.file, err = os.Open(os.DevNull); err != nil { // which cannot be given pages
			t.Fatal(err)
		}
		if _, err := a.get(1); !errors.Is(err, accel.ErrMemory) {
			t.Fatalf("%v, want %v", err, accel.ErrMemory)
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for {
					if _, err := a.get(1); errors.Is(err, errUnmapped) {
						return
					}
				}
			})
		}
		all.Go(func() {
			time.Sleep(time.Millisecond)
			a.close()
		})
		done := make(chan struct{})
		go func() { all.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatal("they wait for each other")
		}
		if len(a.extents.free) != 1 || a.kept != 0 {
			t.Fatalf("%d free extents and %d bytes kept, want one and none", len(a.extents.free), a.kept)
		}
	}
}
