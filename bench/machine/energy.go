// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Joules is energy that a part of the machine took.
type Joules struct {
	// Source is the part: cpu, all packages together, or gpu, all GPUs together.
	Source string  `json:"source"`
	Joules float64 `json:"joules"`
}

// A Meter reads what the machine reports of energy. The zero Meter reports nothing.
type Meter struct {
	powercap string // the directory of the counters, "" if none
	before   map[string]uint64
	gpu      *gpuMeter
}

// NewMeter returns a meter of the processor, and of GPUs if asked.
func NewMeter(withGPU bool) *Meter {
	m := &Meter{powercap: "/sys/class/powercap"}
	if withGPU {
		m.gpu = &gpuMeter{command: nvidiaSMI}
	}
	return m
}

// Start begins a measurement.
func (m *Meter) Start() {
	m.before = packages(m.powercap)
	if m.gpu != nil {
		m.gpu.start()
	}
}

// Stop ends it and returns the energy of each source that reports, which is none on many
// machines: virtual ones hide the counters, and only root may read them on others.
func (m *Meter) Stop() []Joules {
	var out []Joules
	after := packages(m.powercap)
	if len(m.before) > 0 && len(after) == len(m.before) {
		total := 0.0
		for zone, from := range m.before {
			total += spent(from, after[zone], counter(filepath.Join(zone, "max_energy_range_uj")))
		}
		out = append(out, Joules{"cpu", total})
	}
	if m.gpu != nil {
		if j, ok := m.gpu.stop(); ok {
			out = append(out, Joules{"gpu", j})
		}
	}
	return out
}

// packages returns the counters of all processor packages, in microjoules, by directory
// (RAPL, https://docs.kernel.org/power/powercap/powercap.html). Zones below a package are
// parts of it.
func packages(dir string) map[string]uint64 {
	if dir == "" {
		return nil
	}
	zones, err := filepath.Glob(filepath.Join(dir, "intel-rapl:*"))
	if err != nil {
		return nil
	}
	out := map[string]uint64{}
	for _, z := range zones {
		if !strings.HasPrefix(line(filepath.Join(z, "name")), "package-") {
			continue
		}
		if _, err := os.ReadFile(filepath.Join(z, "energy_uj")); err == nil {
			out[z] = counter(filepath.Join(z, "energy_uj"))
		}
	}
	return out
}

func counter(path string) uint64 {
	n, err := strconv.ParseUint(line(path), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// spent returns the joules between two readings of a counter that starts over at most.
func spent(from, to, most uint64) float64 {
	if to < from {
		to += most
	}
	return float64(to-from) / 1e6
}
