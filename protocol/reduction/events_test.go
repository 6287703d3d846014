// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
)

var update = flag.Bool("update", false, "rewrite testdata/events.txt")

const eventsFile = "testdata/events.txt"

// TestEvents compares the messages and challenges of some plans with a golden file: no
// verifying key fits a proof for other ones.
func TestEvents(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	write := func(name string, p *reduction.Plan) {
		fmt.Fprintf(&b, "# %s\n%s\n", name, render(events(t, p)))
	}
	for _, name := range messageScenarios {
		write(name, newPlan(t, scenario.Get(name).Model()))
	}
	write("example lenet5", lenet5(t))
	got := b.String()
	if *update {
		if err := os.WriteFile(eventsFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(eventsFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("events differ from %s (−want +got; -update blesses them):\n%s", eventsFile, diff)
	}
}

func events(t *testing.T, p *reduction.Plan) []transcript.Event {
	t.Helper()
	shape, err := p.Shape()
	if err != nil {
		t.Fatal(err)
	}
	return shape.Events
}

// render writes an event on a line: its label, with ? for a challenge, and its length. A
// round that is repeated is written once.
func render(events []transcript.Event) string {
	var lines []string
	for _, e := range events {
		mark := ""
		if e.Challenge {
			mark = "?"
		}
		lines = append(lines, fmt.Sprintf("%s%s %d", e.Label, mark, e.Len))
	}
	var b strings.Builder
	for i := 0; i < len(lines); {
		n := 1
		for i+2*n+1 < len(lines) && lines[i+2*n] == lines[i] && lines[i+2*n+1] == lines[i+1] {
			n++
		}
		if n > 1 {
			fmt.Fprintf(&b, "%d × %s, %s\n", n, lines[i], lines[i+1])
			i += 2 * n
		} else {
			fmt.Fprintln(&b, lines[i])
			i++
		}
	}
	return b.String()
}

// order is the protocol: every message before the challenge that is about it.
var order = regexp.MustCompile(`^(commitments )?fingerprint\? ` +
	`logup.top logup.point\? (logup.lambda\? (logup.round logup.round\? )*logup.children logup.tau\? )*` +
	`(point\? )?claims\? words\? ` +
	`(level-sum (level level\? )*level-values level-claims\? )*` +
	`(opening opening\? )+columns columns\? $`)

func spell(events []transcript.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(strings.ReplaceAll(e.Label, " ", "-"))
		if e.Challenge {
			b.WriteString("?")
		}
		b.WriteString(" ")
	}
	return b.String()
}

// TestOrder: every message is absorbed before the challenges that depend on it, and what
// is absorbed is what is sent.
func TestOrder(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		p := newPlan(t, s.Model())
		shape, err := p.Shape()
		if err != nil {
			t.Fatal(err)
		}
		if word := spell(shape.Events); !order.MatchString(word) {
			t.Errorf("%s: messages and challenges are not in the order of the protocol: %s", s.Name, word)
		}
		messages := 0
		for _, e := range shape.Events {
			if !e.Challenge && e.Label != "commitments" {
				messages += e.Len
			}
		}
		if messages != shape.NumMessages {
			t.Errorf("%s: %d messages are absorbed, %d are sent", s.Name, messages, shape.NumMessages)
		}
		// The order can fail: no message may be left out, none may come a step later.
		for i, e := range shape.Events {
			if e.Challenge || e.Label == "commitments" {
				continue
			}
			without := append(append([]transcript.Event(nil), shape.Events[:i]...), shape.Events[i+1:]...)
			if order.MatchString(spell(without)) {
				t.Errorf("%s: without event %d, %s, the order is the same", s.Name, i, e.Label)
			}
			late := append([]transcript.Event(nil), shape.Events...)
			late[i], late[i+1] = late[i+1], late[i]
			if late[i].Label != e.Label && order.MatchString(spell(late)) {
				t.Errorf("%s: with event %d, %s, a step later the order is the same", s.Name, i, e.Label)
			}
		}
	}
}
