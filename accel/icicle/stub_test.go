// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ebitengine/purego"

	"github.com/zkml-go/zkml/internal/need"
)

// The stub libraries are compiled once, into a directory that TestMain removes.
var stubDir = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "icicle-stub") })

func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv(childEnv) == "" {
		if dir, err := stubDir(); err == nil {
			os.RemoveAll(dir)
		}
	}
	os.Exit(code)
}

// variants are what can be wrong with libraries, as macros of the source of each.
var variants = map[string]map[string]string{
	"good":        nil,
	"open-icicle": {"device": "-DOPEN_ICICLE"},
	"no symbol":   {"field": "-DWITHOUT_SCALAR_MUL"},
}

var compiled = map[string]func() (string, error){}

func init() {
	for name := range variants {
		compiled[name] = sync.OnceValues(func() (string, error) { return compile(name) })
	}
}

// stub returns the directory of stub libraries, compiled against ICICLE's own headers.
func stub(t *testing.T, variant string) string {
	t.Helper()
	need.Tool(t, "g++")
	if _, err := headers(); err != nil {
		if os.Getenv("ZKML_CI") == "1" {
			t.Fatalf("needs ICICLE's headers and ZKML_CI=1 forbids skipping: %v", err)
		}
		t.Skip("needs ICICLE's headers: run go mod download " + headerModule)
	}
	dir, err := compiled[variant]()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func compile(variant string) (string, error) {
	headers, err := headers()
	if err != nil {
		return "", err
	}
	root, err := stubDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, variant)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for _, part := range []string{"device", "field", "curve"} {
		name := map[string]string{"device": "libicicle_device", "field": "libicicle_field_bn254", "curve": "libicicle_curve_bn254"}[part]
		macro := variants[variant][part]
		if variant != "good" && macro == "" { // as good as any
			good, err := compiled["good"]()
			if err == nil {
				err = os.Link(filepath.Join(good, fileName(name)), filepath.Join(dir, fileName(name)))
			}
			if err != nil {
				return "", err
			}
			continue
		}
		args := []string{
			"-std=c++17", "-O1", "-w", "-shared", "-fPIC", "-I" + headers, "-L" + dir, "-Wl,-rpath,$ORIGIN",
			"-DFIELD=bn254", "-DFIELD_ID=1", "-DCURVE=bn254", "-DCURVE_ID=1",
			"-o", filepath.Join(dir, fileName(name)), filepath.Join("testdata", "stub", part+".cpp"),
		}
		if part != "device" {
			args = append(args, "-licicle_device")
		}
		if macro != "" {
			args = append(args, macro)
		}
		if out, err := exec.Command("g++", args...).CombinedOutput(); err != nil {
			return "", &compileError{part, string(out), err}
		}
	}
	return dir, nil
}

type compileError struct {
	part, output string
	err          error
}

func (e *compileError) Error() string {
	return "g++ " + e.part + ".cpp: " + e.err.Error() + "\n" + e.output
}

const headerModule = "github.com/ingonyama-zk/icicle-gnark/v3"

// headers returns the directory of ICICLE's headers, in the module that go.mod requires.
var headers = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", headerModule).Output()
	if err != nil {
		return "", err
	}
	var m struct{ Dir string }
	if err := json.Unmarshal(out, &m); err != nil {
		return "", err
	}
	return filepath.Join(m.Dir, "icicle", "include"), nil
})

// A controls is the functions of the stub that the test calls.
type controls struct {
	setAnswers   func(msm, ntt, vec, root uintptr)
	setMemory    func(bytes uint64)
	setShift     func(bytes int32)
	setDevices   func(n int32)
	held         func() uint64
	calls        func(function string) int32
	fail         func(function string, code, after int32)
	reason       func(out *byte, n uintptr)
	layout       func(name string) int64
	status       func(code int32, out *byte, n uintptr)
	freeAll      func()
	forgetDomain func()
	domain       func() int32
}

// why returns why the stub refused a call last.
func (c *controls) why() string {
	text := make([]byte, 256)
	c.reason(&text[0], uintptr(len(text)))
	s, _, _ := strings.Cut(string(text), "\x00")
	return s
}

// reset undoes what tests planted.
func (c *controls) reset() {
	c.setMemory(0)
	c.setShift(0)
	c.setDevices(2)
	c.fail("", 0, 0)
}

var control = sync.OnceValues(func() (*controls, error) {
	dir, err := compiled["good"]()
	if err != nil {
		return nil, err
	}
	c := &controls{}
	for i, functions := range [...]map[string]any{
		{
			"stub_set_answers": &c.setAnswers, "stub_set_memory": &c.setMemory, "stub_set_shift": &c.setShift,
			"stub_set_devices": &c.setDevices, "stub_held": &c.held, "stub_calls": &c.calls,
			"stub_fail": &c.fail, "stub_reason": &c.reason, "stub_free_all": &c.freeAll,
		},
		{"stub_forget_domain": &c.forgetDomain, "stub_domain": &c.domain},
		{"stub_layout": &c.layout, "stub_status": &c.status},
	} {
		handle, err := dlopen(filepath.Join(dir, fileName(libraryNames[i])))
		if err != nil {
			return nil, err
		}
		for name, f := range functions {
			purego.RegisterLibFunc(f, handle, name)
		}
	}
	msm, ntt, vec, root := answers()
	c.setAnswers(msm, ntt, vec, root)
	return c, nil
})

var openDevices int

// open returns a device of the stub, and closes it with the test. Once all are closed,
// nothing may be left in their memory.
func open(t *testing.T, o Options) (*Device, *controls) {
	t.Helper()
	o.Dir = stub(t, "good")
	c, err := control()
	if err != nil {
		t.Fatal(err)
	}
	if o.Type == "" {
		o.Type = "CPU"
	}
	d, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	openDevices++
	t.Cleanup(func() {
		openDevices--
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if openDevices > 0 {
			return
		}
		if left := c.held(); left != 0 {
			t.Errorf("%d bytes are left in the closed device", left)
		}
		c.reset()
	})
	return d, c
}

const childEnv = "ICICLE_TEST_CHILD"

// child runs the test in a process of its own, which has no libraries yet: there it
// returns their directory.
func child(t *testing.T, variant string) (dir string, isChild bool) {
	t.Helper()
	if dir := os.Getenv(childEnv); dir != "" {
		return dir, true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1", "-test.v")
	cmd.Env = append(os.Environ(), childEnv+"="+stub(t, variant))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
	return "", false
}
