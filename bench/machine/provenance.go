// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// Unknown stands for what the system does not tell.
const Unknown = "unknown"

// A Machine is what a measurement ran on.
type Machine struct {
	GOOS   string `json:"goos"`
	GOARCH string `json:"goarch"`
	Go     string `json:"go"`
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	// Memory is as the system writes it, with its unit.
	Memory string `json:"memory"`
	OS     string `json:"os"`
	Kernel string `json:"kernel"`
	// GPUs are what nvidia-smi lists, empty where there is none.
	GPUs []GPU `json:"gpus"`
	// Threads and GOGC are settings of Go's runtime: how many threads compute, and how
	// far the memory grows between two collections, in percent.
	Threads int    `json:"threads"`
	GOGC    string `json:"gogc"`
}

// This returns the machine of this process.
func This() Machine {
	return Machine{
		GOOS: runtime.GOOS, GOARCH: runtime.GOARCH, Go: runtime.Version(),
		CPU: Field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: Field("/proc/meminfo", "MemTotal"),
		OS: distribution("/etc/os-release"), Kernel: line("/proc/sys/kernel/osrelease"), GPUs: gpus(),
		Threads: runtime.GOMAXPROCS(0), GOGC: gogc(),
	}
}

// checkedOut is before a commit that this program may or may not have been built of.
const checkedOut = "checked out, not built: "

// Commit names the commit that this program was built of, and whether the tree differed from
// it. If its build does not say, it is the one that is checked out where the program runs,
// and is said to be that.
func Commit() string { return commit(built(), checkout) }

func commit(built string, checkout func() string) string {
	if built != Unknown {
		return built
	}
	if id := checkout(); id != Unknown {
		return checkedOut + id
	}
	return Unknown
}

// checkout names the commit that is checked out in the working directory.
func checkout() string {
	mod, err := exec.Command("git", "show", "HEAD:go.mod").Output()
	if err != nil || !strings.HasPrefix(string(mod), "module github.com/zkml-go/zkml\n") {
		return Unknown // nothing, or something else is checked out here
	}
	out, err := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return Unknown
	}
	id := strings.TrimSpace(string(out))
	if exec.Command("git", "diff", "--quiet", "HEAD").Run() != nil {
		id += " with changes"
	}
	return id
}

// Field returns the value of the first "key: value" line of a file.
func Field(path, key string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return Unknown
	}
	for l := range strings.Lines(string(data)) {
		if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return Unknown
}

// Load returns the load averages: a busy machine shows.
func Load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return Unknown
	}
	return strings.Join(strings.Fields(string(data))[:3], " ")
}

// distribution returns the name in an os-release file.
func distribution(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return runtime.GOOS
	}
	for l := range strings.Lines(string(data)) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(l), "PRETTY_NAME="); ok {
			if name, err := strconv.Unquote(v); err == nil {
				return name
			}
			return v
		}
	}
	return runtime.GOOS
}

// line returns the first line of a file.
func line(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return Unknown
	}
	first, _, _ := strings.Cut(string(data), "\n")
	return first
}

// gogc returns the setting of the garbage collector.
func gogc() string {
	if v := os.Getenv("GOGC"); v != "" {
		return v
	}
	return "100"
}
