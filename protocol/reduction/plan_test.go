// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
)

// TestUndetermined: a virtual column that no relation determines would be 0 to the
// reduction, whatever a prover says that it is.
func TestUndetermined(t *testing.T) {
	t.Parallel()
	m := scenario.Get("contract/weights").Model()
	if _, err := reduction.New(m.System, reduction.Options{}); err != nil {
		t.Fatal(err)
	}
	m.System.Relations = slices.DeleteFunc(m.System.Relations, func(r relation.Relation) bool {
		_, ok := r.(relation.Contract)
		return ok
	})
	if _, err := reduction.New(m.System, reduction.Options{}); err == nil {
		t.Error("the plan of a system without its contraction")
	}
}
