// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
)

// lenet5 returns the plan of the example.
func lenet5(t *testing.T) *reduction.Plan {
	t.Helper()
	m, err := circuits.NewModel(exemplar.Program(t, examples.LeNet5()), relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := reduction.New(m.System, reduction.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
