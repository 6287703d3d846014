// SPDX-License-Identifier: Apache-2.0

package gaspage

import (
	"fmt"
	"strings"
)

// Page returns docs/gas.md.
func Page(t Tables) ([]byte, error) {
	s, err := newStudy(t)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(`# Gas

What inference on a chain costs: verifying a proof of it, and executing it there. Every number is measured on go-ethereum's EVM
under the rules of Osaka, of whole transactions (21,000 gas and calldata included), and is a golden file of a test, unless it says otherwise:

    go test ./contracts -run 'Gas|Reexecution'              # compares, to the unit; -update blesses
    go test ./benches -run Proofs                           # proves every model of "Proved directly", and compares
    go test ./internal/gaspage -update                      # writes this page and its picture from them

`)
	for _, section := range []func(*strings.Builder) error{
		s.verificationSection, s.platformSection, s.modelsSection, s.executionSection, s.breakEvenSection, s.methodSection, s.chainsSection,
	} {
		if err := section(&b); err != nil {
			return nil, err
		}
	}
	return []byte(b.String()), nil
}

// verificationSection is the table of verifications.
func (s *study) verificationSection(b *strings.Builder) error {
	b.WriteString(`## Verification

One deployment of a verifier serves all models of a proof system. The statement of every row has 784 bytes of input and 40 of output,
none of them zero, and a commitment, unless the row is plain: then the circuit has no commitment of its own. The
number of a sumcheck row is that of the columns of its network; *gamma* has a wrap whose key has another γ than 1, *plonk* a PLONK wrap.

`)
	var t table
	t.line("case", "deploy", "verify", "calldata bytes", "code bytes")
	for _, r := range s.verification {
		cells := []string{r["case"]}
		for _, column := range []string{"deploy_gas", "verify_tx_gas", "calldata_bytes", "runtime_bytes"} {
			n, err := r.number(column)
			if err != nil {
				return err
			}
			cells = append(cells, grouped(n))
		}
		t.line(cells...)
	}
	b.WriteString(t.b.String() + "\n")
	return nil
}

// executionSection is the table of models that the chain executes.
func (s *study) executionSection(b *strings.Builder) error {
	b.WriteString(`## Execution

The contract ` + "`OnchainModel`" + ` executes the integer program itself, to the integer. Its owner sets up a layer list, appends
the weights in pieces of 24,544 bytes, stored as code, and seals it: the contract then checks the list and proves from the weights that no
sum can leave its lane. Anybody may evaluate it, all layers or some at a time. *mlp-a-b-c* is a perceptron of these widths with weights of a signed
byte; *lenet5* and *mlp* are the examples, *decision-tree* has depth 4, *forest-10* ten trees of depth 3.
*Evaluate* is the dearest of ten inputs.

`)
	var t table
	t.line("model", "MACs", "parameters", "layers", "set up", "append", "seal", "upload per parameter", "evaluate", "per MAC")
	for _, e := range append(s.sweep[:len(s.sweep):len(s.sweep)], s.zoo...) {
		upload := e.setUp + e.append + e.seal
		t.line(e.name, grouped(e.macs), grouped(e.parameters), grouped(e.layers), grouped(e.setUp), grouped(e.append), grouped(e.seal),
			grouped(upload/e.parameters), grouped(e.evaluate), fmt.Sprintf("%.1f", float64(e.evaluate)/float64(e.macs)))
	}
	b.WriteString(t.b.String())
	fmt.Fprintf(b, `
A word of weights holds those of several rows in lanes, as wide as their sums need, 256/lane of them. One multiplication by a
cell multiplies them all, and the sum of the words is the sums of the rows. So a perceptron costs %.1f gas per
multiply-accumulate. A convolution also copies the cells under its kernel at every place, and maps every element of its result; where
its channels fit a word twice, two places are computed at once.

A network too large for a transaction (%s gas) is executed layer by layer, with the state between them in calldata, or kept as
code (`+"`start`, `advance`"+`). A frame has 65,536 cells, and a layer list 24,575 bytes: MobileNet at 224, whose first layer has
401,408 elements, cannot be executed at all, and `+"`zkml export onchain-model`"+` says which node is too large.

![Gas against multiply-accumulates](gas.svg)

`, s.slope(), grouped(TransactionCap))
	return nil
}

// breakEvenSection says from which size on verifying is cheaper.
func (s *study) breakEvenSection(b *strings.Builder) error {
	b.WriteString(`## Break-even

The size of the perceptron whose execution costs as much as verifying a proof, between the two of the table around it. Verifying costs
the same whatever the network is, but for its input and output; direct proofs are for networks that one circuit can hold, and
a sumcheck proof, for networks of any size, costs some thousands more for each of their columns.

`)
	var t table
	t.line("against", "gas", "MACs")
	for _, r := range s.verification {
		gas, err := r.number("verify_tx_gas")
		if err != nil {
			return err
		}
		macs, err := s.breakEven(gas)
		if err != nil {
			return err
		}
		t.line(r["case"], grouped(gas), grouped(macs))
	}
	macs, err := s.breakEven(TransactionCap)
	if err != nil {
		last := s.sweep[len(s.sweep)-1]
		macs = last.macs + int(float64(TransactionCap-last.evaluate)/s.slope())
	}
	t.line("the most gas of a transaction", grouped(TransactionCap), grouped(macs/10000*10000)+" or so")
	b.WriteString(t.b.String())
	b.WriteString(`
That is for a perceptron, which execution likes best. A multiply-accumulate of a small convolution costs more (LeNet-5 above), so that the
break-even is lower; trees are small, and cheaper to execute than to prove. Uploading costs more than either, and a verifier needs
no upload of weights at all. Execution hides nothing: weights and inputs are public.

`)
	return nil
}

// methodSection compares ways to execute a layer.
func (s *study) methodSection(b *strings.Builder) error {
	b.WriteString("## Ways to execute a layer\n\nOne dense layer with weights of a signed byte:\n\n")
	for _, m := range methods {
		fmt.Fprintf(b, "* *%s*: %s\n", m.key, m.text)
	}
	b.WriteString("\n")
	var t table
	t.line("method", "terms × rows", "MACs", "upload per weight", "evaluate", "per MAC")
	for _, r := range s.baselines {
		var n [5]int
		for i, column := range []string{"terms", "rows", "macs", "upload_gas", "evaluate_gas"} {
			var err error
			if n[i], err = r.number(column); err != nil {
				return err
			}
		}
		t.line(r["method"], fmt.Sprintf("%d × %d", n[0], n[1]), grouped(n[2]), grouped(n[3]/n[2]), grouped(n[4]),
			fmt.Sprintf("%.1f", float64(n[4])/float64(n[2])))
	}
	b.WriteString(t.b.String())
	return nil
}
