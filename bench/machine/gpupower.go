// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"bufio"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// gpuInterval is how often nvidia-smi is asked for the power.
const gpuInterval = 100 * time.Millisecond

// A gpuMeter adds up the power that nvidia-smi reports, of all GPUs.
type gpuMeter struct {
	command string
	process *exec.Cmd
	from    time.Time
	mean    chan float64 // watts
}

func (g *gpuMeter) start() {
	g.process = exec.Command(g.command, "--query-gpu=index,power.draw", "--format=csv,noheader,nounits",
		"--loop-ms="+strconv.FormatInt(gpuInterval.Milliseconds(), 10))
	g.mean = make(chan float64, 1)
	g.from = time.Now()
	out, err := g.process.StdoutPipe()
	if err != nil || g.process.Start() != nil {
		g.process = nil
		return
	}
	go func() { g.mean <- meanPower(out) }()
}

// stop returns the energy, and false if no power was reported in the time.
func (g *gpuMeter) stop() (joules float64, ok bool) {
	if g.process == nil {
		return 0, false
	}
	took := time.Since(g.from)
	_ = g.process.Process.Kill()
	watts := <-g.mean
	_ = g.process.Wait()
	g.process = nil
	return watts * took.Seconds(), watts > 0
}

// meanPower returns the sum over all GPUs of the mean of what is reported of each, 0 if
// nothing is. A GPU that reports no power says "[N/A]".
func meanPower(r io.Reader) float64 {
	sums, counts := map[string]float64{}, map[string]int{}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		index, watts, ok := strings.Cut(lines.Text(), ",")
		w, err := strconv.ParseFloat(strings.TrimSpace(watts), 64)
		if !ok || err != nil {
			continue
		}
		sums[index] += w
		counts[index]++
	}
	total := 0.0
	for index, sum := range sums {
		total += sum / float64(counts[index])
	}
	return total
}
