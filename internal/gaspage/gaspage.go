// SPDX-License-Identifier: Apache-2.0

// Package gaspage writes the page and the picture of what inference on a chain costs, from the tables that the
// tests of packages contracts and benches measure.
package gaspage

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// Tables are the measurements, as CSV with a header.
type Tables struct {
	Verification []byte // contracts/testdata/gas.csv
	Platform     []byte // contracts/testdata/platform-gas.csv
	Reexecution  []byte // contracts/testdata/reexecution.csv
	Baselines    []byte // contracts/testdata/reexecution-baselines.csv
	Direct       []byte // benches/testdata/proofs.csv
	Sumcheck     []byte // benches/testdata/sumcheck-models.csv
}

// TransactionCap is the most gas that a transaction may use (EIP-7825).
const TransactionCap = 16_777_216

// A row is a line of a table by the names of its columns.
type row map[string]string

func read(data []byte) ([]row, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) < 2 {
		return nil, fmt.Errorf("gas: a table without rows")
	}
	var rows []row
	for _, line := range lines[1:] {
		r := row{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// number returns a column as a number; a table without it is not one of ours.
func (r row) number(column string) (int, error) {
	n, err := strconv.Atoi(r[column])
	if err != nil {
		return 0, fmt.Errorf("gas: column %q: %w", column, err)
	}
	return n, nil
}

// grouped writes n with separators of thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A table of Markdown.
type table struct {
	b    strings.Builder
	cols int
}

func (t *table) line(cells ...string) {
	t.b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	if t.cols == 0 {
		t.cols = len(cells)
		t.b.WriteString("|" + strings.Repeat("---|", t.cols) + "\n")
	}
}
