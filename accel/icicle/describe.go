// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// description says which device of which library this is. ICICLE does not tell the model
// of a GPU.
func (d *Device) description() string {
	name := fmt.Sprintf("%s device %d", d.options.Type, d.options.ID)
	if model := onlyGPU("/proc/driver/nvidia/gpus"); model != "" && d.options.Type == "CUDA" {
		name = model + ", " + name
	}
	var total, free uintptr
	if d.lib.availableMemory(&total, &free) == success {
		name += fmt.Sprintf(" with %.1f GiB", float64(total)/(1<<30))
	}
	return fmt.Sprintf("%s, %s of %s", name, d.lib.family, d.lib.dir)
}

// onlyGPU returns the model of the only GPU that the driver lists, or nothing: the driver
// and CUDA may count several in different orders.
func onlyGPU(dir string) string {
	files, err := filepath.Glob(filepath.Join(dir, "*", "information"))
	if err != nil || len(files) != 1 {
		return ""
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if model, ok := strings.CutPrefix(line, "Model:"); ok {
			return strings.TrimSpace(model)
		}
	}
	return ""
}
