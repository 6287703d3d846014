// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
)

// A Runner runs cases in children.
type Runner struct {
	// Command returns the child, which calls Serve. It ends when the context does.
	Command func(ctx context.Context) *exec.Cmd
	// Timeout is for a child, 0 for none.
	Timeout time.Duration
	// Memory is the resident set at which a child is ended, in bytes, 0 for any.
	Memory int64
}

var (
	errTimeout = errors.New("timed out")
	errMemory  = errors.New("took too much memory")
)

// Run measures a case and returns its rows, the last one failed if the child did not end
// as it should. An error is the caller's: the context ended or no child could be started.
func (r *Runner) Run(ctx context.Context, spec Spec) ([]bench.Row, error) {
	within, end := context.WithCancelCause(ctx)
	defer end(nil)
	if r.Timeout > 0 {
		timer := time.AfterFunc(r.Timeout, func() { end(fmt.Errorf("%w after %v", errTimeout, r.Timeout)) })
		defer timer.Stop()
	}
	in, err := json.Marshal(spec)
	if err != nil {
		return nil, err
	}
	cmd := r.Command(within)
	var said complaint
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &said
	cmd.WaitDelay = grace
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		if cause := context.Cause(within); errors.Is(cause, errTimeout) && ctx.Err() == nil {
			return []bench.Row{failed(&spec, "", cause.Error(), 0)}, nil
		}
		return nil, fmt.Errorf("start a process to measure in: %w", err)
	}
	var peak atomic.Int64
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.watch(within, cmd.Process.Pid, &peak, end)
	}()
	// A device's process may outlive the child, with the child's output.
	stop := context.AfterFunc(within, func() {
		time.Sleep(grace)
		out.Close()
	})
	rows, begun := receive(out)
	stop()
	err = cmd.Wait()
	cause := context.Cause(within)
	end(nil)
	<-watched
	if ctx.Err() != nil {
		return rows, ctx.Err()
	}
	// A child may be done with a row before anybody looks at its memory.
	for i := range rows {
		if row := &rows[i]; r.Memory > 0 && row.PeakBytes > r.Memory && row.Failure == "" {
			row.Failure, row.Samples, row.Iterations = r.tooMuch().Error(), nil, nil
		}
	}
	if why := reason(err, cause, &said, begun); why != "" {
		rows = append(rows, failed(&spec, begun, why, peak.Load()))
	}
	return rows, nil
}

// failed returns the row of a failure: of the row that had begun, or of the case.
func failed(spec *Spec, begun, why string, peak int64) bench.Row {
	return bench.Row{Name: cmp.Or(begun, spec.Name()), Unit: bench.Seconds, Failure: why, PeakBytes: peak}
}

// receive reads messages until the child closes its output, and returns the rows and the
// name of the one that began but did not come.
func receive(out io.Reader) (rows []bench.Row, begun string) {
	for d := json.NewDecoder(out); ; {
		var m message
		if err := d.Decode(&m); err != nil {
			_, _ = io.Copy(io.Discard, out)
			return rows, begun
		}
		switch {
		case m.Row != nil:
			rows, begun = append(rows, *m.Row), ""
		case m.Begin != "":
			begun = m.Begin
		}
	}
}

// reason says why a child failed, or returns "".
func reason(err, cause error, said *complaint, begun string) string {
	var exit *exec.ExitError
	switch {
	case errors.Is(cause, errTimeout), errors.Is(cause, errMemory):
		return cause.Error()
	case err == nil && begun == "":
		return ""
	case err == nil:
		return "the process ended before it was done"
	case errors.As(err, &exit) && strings.Contains(exit.String(), "signal: killed"):
		return "killed by the system, as it does when memory runs out"
	}
	if line := said.line(); line != "" {
		return fmt.Sprintf("%v: %s", err, line)
	}
	return err.Error()
}

// grace is how long after its end a child's output is waited for.
const grace = time.Second

func (r *Runner) tooMuch() error {
	return fmt.Errorf("%w: more than %d bytes", errMemory, r.Memory)
}

// interval is how often the memory of a child is looked at.
const interval = 50 * time.Millisecond

// watch ends a child that takes too much memory, and notes its peak.
func (r *Runner) watch(ctx context.Context, pid int, peak *atomic.Int64, end context.CancelCauseFunc) {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		now, most := machine.MemoryOf(pid)
		peak.Store(max(peak.Load(), most))
		if r.Memory > 0 && now > r.Memory {
			end(r.tooMuch())
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}
