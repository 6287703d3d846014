// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/quant"
)

// TestDemoJSON says which fields demo prints with --json; testdata/script/demo.txt
// runs it without.
func TestDemoJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(demoResult{Report: &quant.Report{}, EVM: &evmVerdict{}, Forged: &evmVerdict{}})
	if err != nil {
		t.Fatal(err)
	}
	fields := func(v any) []string { return slices.Sorted(maps.Keys(v.(map[string]any))) }
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   any
		want string
	}{
		{v, "constraints digit evm evm_forged input_bytes logits macs model parameters peak_rss_bytes proof_bytes report seconds system verified"},
		{v["seconds"], "circuit compile prove setup total verify witness"},
		{v["evm"], "accepted calldata_bytes contract_bytes gas_deploy gas_verify"},
	} {
		if d := cmp.Diff(strings.Fields(c.want), fields(c.of)); d != "" {
			t.Errorf("fields (-want +got):\n%s", d)
		}
	}
}

func TestSketch(t *testing.T) {
	t.Parallel()
	pixels := []float64{
		0, 0, 0, 0,
		0, 0, 0, 0,
		0, 1, 1, 0,
		0, 0.2, 1, 0,
		1, 1, 1, 1,
	}
	if got, want := sketch(pixels, 4), "     *#\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
