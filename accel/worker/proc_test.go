// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/worker"
)

// children returns the processes whose parent this one is, dead or alive.
func children(t *testing.T) []int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("it looks at /proc")
	}
	return childrenOf(t, os.Getpid())
}

func childrenOf(t *testing.T, parent int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		if f := strings.Fields(rest); len(f) > 1 && f[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			out = append(out, pid)
		}
	}
	return out
}

// openFiles returns what this process has open.
func openFiles(t *testing.T) (out []string) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name, err := os.Readlink("/proc/self/fd/" + e.Name())
		if err == nil && (strings.HasPrefix(name, "pipe:") || strings.Contains(name, "memfd")) {
			out = append(out, name)
		}
	}
	return out
}

// orphan is the environment variable that makes the test binary a parent that is killed.
const orphan = "ZKML_TEST_ORPHAN"

// beParent starts a worker, prints its process and waits for it in vain.
func beParent() {
	cmd, err := worker.Self("faulty:stall")
	if err != nil {
		panic(err)
	}
	d, err := worker.Start(context.Background(), cmd, worker.Options{})
	if err != nil {
		panic(err)
	}
	p, err := d.G1(pointsOf(1))
	if err != nil {
		panic(err)
	}
	fmt.Println(cmd.Process.Pid)
	p.MSM(0, accel.Ints[int8]{1}) //nolint:errcheck // it never returns
}

// TestOrphan kills a parent: its worker, which is deep in a call, ends too.
func TestOrphan(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("it looks at /proc")
	}
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path)
	cmd.Env = append(os.Environ(), orphan+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	worker := strings.TrimSpace(line)
	stat := filepath.Join("/proc", worker, "stat")
	if _, err := os.Stat(stat); err != nil {
		t.Fatalf("worker %s: %v", worker, err)
	}
	cmd.Process.Kill()
	cmd.Wait() //nolint:errcheck // it was killed
	for range 200 {
		data, err := os.ReadFile(stat)
		if err != nil || strings.Contains(string(data), ") Z ") { // gone, or for init to reap
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Errorf("worker %s lives on", worker)
}
