// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// A GPU is a line of nvidia-smi.
type GPU struct {
	Name   string `json:"name"`
	Driver string `json:"driver"`
	Memory string `json:"memory"`
}

// String returns the GPU on one line.
func (g GPU) String() string { return g.Name + ", driver " + g.Driver + ", " + g.Memory }

// nvidiaSMI is the program that knows NVIDIA's GPUs.
const nvidiaSMI = "nvidia-smi"

// gpus returns what nvidia-smi lists; a machine without that program has none that it
// would tell of.
func gpus() []GPU {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, nvidiaSMI, "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader").Output()
	if err != nil {
		return []GPU{}
	}
	return parseGPUs(string(out))
}

func parseGPUs(csv string) []GPU {
	out := []GPU{}
	for l := range strings.Lines(csv) {
		if f := strings.Split(strings.TrimSpace(l), ", "); len(f) == 3 {
			out = append(out, GPU{Name: f[0], Driver: f[1], Memory: f[2]})
		}
	}
	return out
}
