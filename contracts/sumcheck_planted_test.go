// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// A sumcheckFault removes a defence of the contract. What its forger makes must pass the contract with the
// fault and must not pass the one without. No prover meets a degenerate challenge, so that some faults are
// planted in a contract that is rigged to draw one, see rig.
type sumcheckFault struct {
	name     string
	rig      int64                                           // case of the rigged contract, or 0 for the true one
	draw     func(name string, w *mercuryWitness) fr.Element // what the rigged contract draws
	old, new string
	want     string // error of the contract without the fault
	forge    sumcheckForger
	wraps    func(t testing.TB) []wrapKeys // nil for those of Groth16
}

const (
	degenerateCheck = "if (alpha == 0 || product == 0) revert ChallengeDegenerate();"
	mergeHash       = "lambda := keccak256(f, add(proof.length, 0x180))"
)

// rig makes a contract that draws degenerate challenges, one for each value of the public input Z, which
// the free wrap does not bind.
var rig = [][2]string{{
	"words[IN_ZETA] = c.zeta;", `
	if (words[1] == 1) c.zeta = 0;
	if (words[1] == 2) c.zeta = 1;
	if (words[1] == 3) c.zeta = R - 1;
	if (words[1] == 4) c.zeta = c.alpha;
	if (words[1] == 5) c.zeta = Curve.power(c.alpha, R - 2);
	if (words[1] == 6) c.alpha = 0;
	words[IN_ZETA] = c.zeta;`,
}, {
	"Scalars memory s = _scalars(rest, c, t);", `
	if (words[1] == 7) c.y = c.zeta;
	if (words[1] == 8) c.y = Curve.power(c.zeta, R - 2);
	if (words[1] == 9) c.y = c.alpha;
	Scalars memory s = _scalars(rest, c, t);`,
}}

// rigged returns the draw of a contract whose challenge of a name is computed from those before.
func rigged(challenge string, value func(w *mercuryWitness) fr.Element) func(string, *mercuryWitness) fr.Element {
	return func(name string, w *mercuryWitness) fr.Element {
		if name == challenge {
			return value(w)
		}
		drawn := map[string]fr.Element{
			"alpha": w.alpha, "gamma": w.gamma, "zeta": w.zeta, "beta": w.beta, "y": w.y, "delta": w.delta,
		}
		return drawn[name]
	}
}

func constant(c int64) func(*mercuryWitness) fr.Element {
	return func(*mercuryWitness) (e fr.Element) { return *e.SetInt64(c) }
}

func sumcheckFaults() []sumcheckFault {
	faults := []sumcheckFault{
		{name: "(1)", old: "if (left != right) revert", new: "if (left != left) revert", want: "ValuesInvalid",
			forge: func(t testing.TB, p *sumcheckProver) evmtest.Call { p.claim = wrongValue; return p.call(t) }},
		{name: "δ", old: "uint256 sigma = c.delta;", new: "uint256 sigma = 0;", want: "ProofInvalid", forge: unopened},
		{name: "degree of g", old: "uint256 reversed = mulmod(mulmod(sigma, t.all, R), fromAlpha, R);", new: "uint256 reversed = 0;", want: "ProofInvalid", forge: highDegree},
		{name: "commitments to columns", old: "if (h << 8 != commitments[i] << 8) revert CommitmentInvalid(i);", new: "h;", want: "CommitmentInvalid",
			forge: claimsColumns(0)},
		{name: "a column for each commitment", old: "position += 0x40;", new: "position += 0;", want: "CommitmentInvalid", forge: claimsColumns(1, 1)},
		{name: "columns before the opening", old: "if (position + WRAP + wrapLength >= proof.length) revert CommitmentInvalid(i);", new: "wrapLength;", want: "CommitmentInvalid", forge: claimsBeyond},
		{name: "columns after the mask", old: "uint256 position = 0x60;", new: "uint256 position = 0x20;", want: "CommitmentInvalid", forge: claimsColumns(0)},
		{name: "columns in d", old: "seed := keccak256(f, add(columns.length, 0x40))", new: "seed := keccak256(f, 0x40)", want: "ValuesInvalid", forge: swappedColumns},
		{name: "D in d", old: "mstore(add(f, 0x20), d)", new: "mstore(add(f, 0x20), mul(d, 0))", want: "ValuesInvalid", forge: otherContext},
		{name: "v in the transcript", old: "mload(add(words, 0xa0))", new: "0", want: "ValuesInvalid", forge: lateValue},
		{name: "values in the transcript", old: "absorb(f, add(rest.offset, 0x160), 0x100)",
			new: "absorb(f, add(rest.offset, 0x220), 0x40)", want: "ProofInvalid", forge: lateValues},
		{name: "proof in λ", old: mergeHash, new: "lambda := keccak256(f, 0x180)", want: "ProofInvalid",
			forge: merged(func(message []byte) []byte { return keccak(message[:0x180]) })},
		{name: "C in λ", old: mergeHash, new: "calldatacopy(add(f, add(proof.length, 0x140)), calldatasize(), 0x40)\n" + mergeHash, want: "ProofInvalid",
			forge: merged(func(message []byte) []byte {
				message = bytes.Clone(message)
				clear(message[len(message)-64:])
				return keccak(message)
			})},
		{name: "success of additions", old: "if (!folded) revert PointInvalid();", new: "",
			want: "PointInvalid", forge: ignored},
		{name: "success of the pairing", old: "done := staticcall(gas(), 0x08, f, size, 0, 0x20)\n            done := and(done, eq(returndatasize(), 0x20))",
			new: "pop(staticcall(gas(), 0x08, f, size, 0, 0x20))\ndone := 1\nmstore(0, 1)", want: "PointInvalid", forge: offCurveWrap},
		{name: "result of the pairing", old: "holds := eq(mload(0), 1)", new: "holds := 1", want: "ProofInvalid", forge: falseWrap},
		{name: "words in D'", old: "mod(keccak256(f, 0x160), modulus)", new: "mod(keccak256(f, 0x20), modulus)", want: "ProofInvalid",
			forge: lateWord, wraps: bindingWrap},
		{name: "last word in E'", old: "let e := mload(add(words, 0x120))", new: "let e := 0", want: "ProofInvalid",
			forge: otherWord, wraps: bindingWrap},
		{name: "(2) with a PLONK wrap", old: "uint256 lambda = opening.lambda;", new: "uint256 lambda = opening.lambda * 0;", want: "ProofInvalid",
			forge: unopened, wraps: plonkWrap},
		{name: "wrap in λ", old: mergeHash, new: "lambda := keccak256(f, sub(add(proof.length, 0x180), 0x300))", want: "ProofInvalid",
			forge: mergedPlonk, wraps: plonkWrap},
		{name: "result of the pairing with a PLONK wrap", old: "accepted := eq(mload(0), 1)", new: "accepted := 1", want: "ProofInvalid",
			forge: falsePlonk, wraps: plonkWrap},
		{name: "values of the PLONK wrap below r", old: "if (Curve.word(proof, position) >= R) revert OpeningNotInField(position);", new: "",
			want: "OpeningNotInField", forge: aliasedPlonk, wraps: plonkWrap},
		{name: "split of the variables", old: "t1 != n >> 1", new: "t1 > n", want: "KeyParametersInvalid", forge: otherSplit},
	}
	for _, position := range sumcheckScalars {
		faults = append(faults, sumcheckFault{
			name: fmt.Sprintf("scalar at %#x below r", position),
			old:  "if (w >= R) revert ScalarNotInField(position);", new: "",
			want: "ScalarNotInField", forge: aliased(position, fr.Modulus()),
		})
	}
	const alphaOnly = "if (alpha == 0 || product > R) revert ChallengeDegenerate();"
	const inverseOnly = "if (product == 0) revert ChallengeDegenerate();"
	const inTCheck = "if (vanishing == 0) revert ChallengeDegenerate();"
	alpha := func(w *mercuryWitness) fr.Element { return w.alpha }
	zeta := func(w *mercuryWitness) fr.Element { return w.zeta }
	inverse := func(of func(*mercuryWitness) fr.Element) func(*mercuryWitness) fr.Element {
		return func(w *mercuryWitness) fr.Element { e := of(w); return *e.Inverse(&e) }
	}
	for i, d := range []sumcheckFault{
		{name: "ζ = 0", draw: rigged("zeta", constant(0)), old: degenerateCheck, new: alphaOnly, forge: unopened},
		{name: "ζ = 1", draw: rigged("zeta", constant(1)), old: degenerateCheck, new: alphaOnly, forge: unopenedWith(solveEqual)},
		{name: "ζ = -1", draw: rigged("zeta", constant(-1)), old: degenerateCheck, new: alphaOnly, forge: unopenedWith(solveEqual)},
		{name: "ζ = α", draw: rigged("zeta", alpha), old: degenerateCheck, new: alphaOnly, forge: unopenedWith(solveG)},
		{name: "ζ = 1/α", draw: rigged("zeta", inverse(alpha)), old: degenerateCheck, new: alphaOnly, forge: unopened},
		{name: "α = 0", draw: rigged("alpha", constant(0)), old: degenerateCheck, new: inverseOnly, forge: shiftedH},
		{name: "y = ζ", draw: rigged("y", zeta), old: inTCheck, forge: atZeta},
		{name: "y = 1/ζ", draw: rigged("y", inverse(zeta)), old: inTCheck, forge: unopened},
		{name: "y = α", draw: rigged("y", alpha), old: inTCheck, forge: unopened},
	} {
		d.rig, d.want = int64(i+1), "ChallengeDegenerate"
		faults = append(faults, d)
	}
	return faults
}

func groth16Wraps(testing.TB) []wrapKeys { return []wrapKeys{drawnKeys(), ceremonyKeys()} }
func bindingWrap(testing.TB) []wrapKeys  { return []wrapKeys{boundKeys()} }
func plonkWrap(t testing.TB) []wrapKeys  { return []wrapKeys{plonkKeys(t)} }

// TestSumcheckPlantedFaults shows for each defence that a forgery needs it.
func TestSumcheckPlantedFaults(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles dozens of contracts")
	}
	faults := sumcheckFaults()
	artifacts := map[string]contracts.Artifact{}
	names := map[string]string{}   // of the contracts by their sources
	sources := map[string]string{} // by file name, of contracts to compile
	// variant returns the name of the contract that the replacements make of a true one.
	variant := func(fault, source string, replacements ...[2]string) string {
		text := source
		for _, r := range replacements {
			if n := strings.Count(text, r[0]); n != 1 {
				t.Fatalf("%s: the code to replace occurs %d times", fault, n)
			}
			text = strings.Replace(text, r[0], r[1], 1)
		}
		name, ok := names[text]
		if !ok {
			name = fmt.Sprintf("Planted%d", len(names))
			names[text] = name
			sources[name+".sol"] = inferenceContract.ReplaceAllString(text, "contract "+name+" is Sumcheck")
		}
		return name
	}
	pairs := make([][2]string, len(faults))
	for i, f := range faults {
		if f.wraps == nil {
			faults[i].wraps = groth16Wraps
		}
		var base [][2]string
		if f.rig != 0 {
			base = rig
		}
		source := flatten(t, faults[i].wraps(t)[0].sources()...)
		pairs[i] = [2]string{variant(f.name, source, base...), variant(f.name, source, append(slices.Clip(base), [2]string{f.old, f.new})...)}
	}
	// A run of the compiler has a limited time.
	for files := range slices.Chunk(slices.Sorted(maps.Keys(sources)), 3) {
		batch := map[string]string{}
		for _, file := range files {
			batch[file] = sources[file]
		}
		maps.Copy(artifacts, evmtest.Compile(t, batch))
	}
	c := evmtest.Embedded(t)
	for i, f := range faults {
		for _, keys := range f.wraps(t) {
			p := newSumcheckProver(t, keys, 5, 2, 1)
			p.challenge, p.z = f.draw, f.rig
			call := f.forge(t, p)
			data := call.Pack(t, keys.artifact(t))
			for j, want := range []string{f.want, ""} {
				contract := deploy(t, c, artifacts[pairs[i][j]])
				if got := evmtest.Verdict(t, c, contract, data); got != want {
					t.Errorf("%s: fault %t: got verdict %q, want %q", f.name, j == 1, got, want)
				}
			}
			if keys.verifySumcheck(call) == nil {
				t.Errorf("%s: accepted by the verifier in Go", f.name)
			}
		}
	}
}

var inferenceContract = regexp.MustCompile(`contract Sumcheck\w*InferenceVerifier is Sumcheck`)
