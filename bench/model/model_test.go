// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/prover/snark"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// prove measures a proof cold and one warm, in this process.
func prove(t *testing.T, name string) []bench.Row {
	t.Helper()
	cases, err := Cases([]string{"mlp", "circuit-10"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(measure.Spec{Case: name, Device: "cpu", Count: 1, Cold: true})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := measure.Serve(t.Context(), bytes.NewReader(in), &out, func(measure.Spec) ([]measure.Case, error) { return cases, nil },
		func(context.Context, string, measure.Use) (accel.Device, error) { return cpu.Device{}, nil }); err != nil {
		t.Fatal(err)
	}
	var rows []bench.Row
	for d := json.NewDecoder(&out); d.More(); {
		var m struct{ Row *bench.Row }
		if err := d.Decode(&m); err != nil {
			t.Fatal(err)
		}
		if m.Row != nil {
			rows = append(rows, *m.Row)
		}
	}
	return rows
}

// Every system has a row for each stage and, cold and warm, for each phase.
func TestCases(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes keys")
	}
	t.Parallel()
	for system, phases := range map[string][]string{
		"groth16":  {"witness", "solve", "prove", "verify", "total"},
		"plonk":    {"witness", "solve", "prove", "verify", "total"},
		"sumcheck": {"witness", "commit", "reduction", "opening", "wrap", "verify", "total"},
	} {
		var want []string
		for _, stage := range []string{"compile", "circuit", "setup"} {
			want = append(want, stage+" once")
		}
		for _, state := range []string{"cold", "warm"} {
			for _, p := range phases {
				want = append(want, p+" "+state)
			}
		}
		var got []string
		for _, r := range prove(t, "Model/model=mlp/system="+system) {
			got = append(got, r.Param("phase")+" "+r.Param("state"))
			if r.Failure != "" || len(r.Samples) != 1 || !(r.Samples[0] > 0) || r.Param("model") != "mlp" || r.Param("device") != "cpu" {
				t.Errorf("%+v", r)
			}
			if total := r.Param("phase") == "total"; total && (len(r.Metrics) != 2 || r.Metrics[0].Value < 1000 || r.Metrics[1].Value < 256) {
				t.Errorf("%s: metrics %+v", r.Name, r.Metrics)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", system, got, want)
		}
	}
}

// A chain has as many constraints as its name says, in Groth16.
func TestChain(t *testing.T) {
	t.Parallel()
	rows := prove(t, "Model/model=circuit-10/system=groth16")
	if len(rows) != 2+2*5 {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		if r.Failure != "" {
			t.Errorf("%+v", r)
		}
		if r.Param("phase") == "total" && r.Metrics[0].Value != 1<<10 {
			t.Errorf("%s: %v", r.Name, r.Metrics)
		}
	}
	// The assignment is one, and no other output is.
	cs, err := snark.Compile(&chain{n: 1023}, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	a := assigned(1023)
	if err := cs.Solve(a); err != nil {
		t.Error(err)
	}
	a.E = 1
	if err := cs.Solve(a); err == nil {
		t.Error("another output satisfies the chain")
	}
}

func TestCasesRefuse(t *testing.T) {
	t.Parallel()
	if _, err := Cases([]string{"mlp", "lenet6"}); err == nil || !strings.Contains(err.Error(), `no model "lenet6"`) {
		t.Errorf("got %v", err)
	}
	if _, err := Cases([]string{"mlp/stark"}); err == nil || !strings.Contains(err.Error(), `no proof system "stark"`) {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"circuit-1", "circuit-27", "circuit-x", "circuit-"} {
		if _, err := Cases([]string{name}); err == nil {
			t.Errorf("%s accepted", name)
		}
	}
	if c, err := Cases([]string{"circuit-20"}); err != nil || len(c) != 2 {
		t.Errorf("%d cases of a chain, want Groth16 and PLONK, %v", len(c), err)
	}
	c, err := Cases([]string{"mobilenetv1-0.25-96", "lenet5/plonk"})
	if err != nil || len(c) != 4 || c[3].Name != "Model/model=lenet5/system=plonk" {
		t.Errorf("%d cases of a model in all systems and one in one, %v", len(c), err)
	}
}

// A circuit that no machine holds is not built.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	n, err := find("mlp")
	if err != nil {
		t.Fatal(err)
	}
	data, err := n.onnx()
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := n.compile(data)
	if err != nil {
		t.Fatal(err)
	}
	d := &direct{ctx: t.Context(), program: p, system: vsnark.Groth16, limit: 100}
	if err := d.circuit(); err == nil || !strings.Contains(err.Error(), "too large") || d.CS != nil {
		t.Errorf("got %v", err)
	}
}

// Token numbers are whole, pixels are in their range.
func TestSamples(t *testing.T) {
	t.Parallel()
	mlp, err := find("mlp")
	if err != nil {
		t.Fatal(err)
	}
	data, err := mlp.onnx()
	if err != nil {
		t.Fatal(err)
	}
	_, in, err := mlp.compile(data)
	if err != nil {
		t.Fatal(err)
	}
	_, again, err := mlp.compile(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(in) != 1 || len(in[0]) != 784 || !slices.Equal(in[0], again[0]) || slices.Max(in[0]) == slices.Min(in[0]) {
		t.Errorf("inputs %v", in)
	}
}
