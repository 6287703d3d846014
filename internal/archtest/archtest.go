// SPDX-License-Identifier: Apache-2.0

// Package archtest holds the rules of the repository that a compiler does not
// check: who may import whom, how long a file may be, what every file starts
// with. The rules are data; the tests walk the tree.
package archtest

// module is the path of this module.
const module = "github.com/zkml-go/zkml"

// A rule lists what a package of this module may import: packages of this
// module, and others by prefix. The standard library is always allowed.
type rule struct {
	pkg   string   // path below the module; "x/..." holds for everything below x
	allow []string // module-relative paths, or full paths of other modules
	why   string
}

const (
	gnark       = "github.com/consensys/gnark"
	gnarkCrypto = "github.com/consensys/gnark-crypto"
	ethereum    = "github.com/ethereum/go-ethereum"
	gonumPlot   = "gonum.org/v1/plot"
	perf        = "golang.org/x/perf"
)

// rules is the import table. Tests are bound by denials only.
var rules = []rule{
	{"tensor", nil, "shapes and views know of nothing"},
	{"internal/parallel", nil, "spreading tasks needs nothing"},
	{"graph", []string{"internal/parallel", "tensor"}, "the network over the reals knows no format, no integers and no proofs"},
	{"ir", []string{"internal/parallel", "tensor", "ir/internal/kernel"}, "what a model means must not depend on proof technology"},
	{"ir/internal/kernel", []string{"internal/parallel", "tensor"}, "fast loops over arrays know of no primitives"},
	{"internal/onnxpb", []string{"google.golang.org/protobuf"}, "decoding a file is not understanding it"},
	{"internal/onnxwrite", []string{"google.golang.org/protobuf"}, "writing a file is not understanding it"},
	{"onnx", []string{"graph", "tensor", "internal/onnxpb"}, "an importer lowers to the graph and nothing else"},
	{"quant", []string{"graph", "ir", "tensor"}, "choosing scales needs no proofs"},
	{"internal/ort", []string{"internal/npy"}, "an oracle shares no code with what it is asked about"},
	{"internal/chart", []string{"quant", gonumPlot}, "a picture shows a measurement and makes none"},
	{"internal/gaspage", []string{"internal/chart"}, "a page shows measurements and makes none"},
	{"relation", []string{"ir", "tensor"}, "relations are stated for every interpreter"},
	{"protocol/...", []string{gnarkCrypto, "protocol/...", "tensor", "ir", "relation", "statement", "golang.org/x/crypto"}, "prover and verifier share the protocol; it depends on neither"},
	{"internal/reference", []string{gnarkCrypto, "protocol/...", "relation", "tensor"}, "a reference shares no code with what is compared with it"},
	{"statement", []string{gnarkCrypto, "golang.org/x/crypto", "protocol/sponge"}, "what a proof says is needed by all sides"},
	{"circuits", []string{"ir", "tensor", "relation", "protocol/...", "statement", gnark, gnarkCrypto}, "a circuit never sees how its witness was found"},
	{"verifier", nil, "the root of the verifier is readable at a glance"},
	{"verifier/snark", []string{"verifier", "statement", gnark, gnarkCrypto, "golang.org/x/crypto"}, "the verifier must be auditable alone"},
	{"internal/atomicfile", nil, "writing files needs nothing"},
	{"internal/affine", []string{gnarkCrypto}, "sums of points know of no protocol"},
	{"internal/unsafesetup", []string{"internal/affine", "internal/parallel", gnark, gnarkCrypto}, "toxic waste is kept in one place"},
	{"ceremony", []string{"artifact", "ceremony/ptau", "internal/affine", "internal/atomicfile", "internal/parallel", gnark, gnarkCrypto}, "a ceremony is of constraints, whatever they are of"},
	{"ceremony/ptau", []string{"internal/parallel", gnarkCrypto}, "powers of tau are of no circuit"},
	{"accel", []string{gnarkCrypto}, "what a device can do is known before any device is"},
	{"accel/resident", []string{"accel"}, "what stays on a device is its user's to know"},
	{"accel/msm", []string{"accel", "internal/parallel", gnarkCrypto}, "sums of points know of no protocol"},
	{"accel/cpu", []string{"accel", "accel/msm", "internal/parallel", gnarkCrypto}, "the CPU needs no libraries but Go's"},
	{"accel/worker", []string{"accel", gnarkCrypto, "golang.org/x/sys"}, "it moves data for a device, whatever the device is"},
	{"accel/icicle", []string{"accel", "internal/parallel", gnarkCrypto, "github.com/ebitengine/purego"}, "ICICLE is met at run time only"},
	{"accel/selftest", []string{"accel", gnarkCrypto}, "what a device must compute is known without another device"},
	{"accel/acceltest", []string{"accel", "accel/cpu", "accel/selftest", gnarkCrypto}, "a device is tested by what it returns"},
	{"accel/guard", []string{"accel", "accel/cpu", "accel/selftest", gnarkCrypto}, "a guard knows no library: whatever it guards is a device"},
	{"accel/devices", []string{"accel/..."}, "it puts together what is known by a name"},
	{"prover/groth16", []string{"accel", "accel/cpu", "accel/resident", "internal/parallel", gnark, gnarkCrypto}, "it makes proofs from solved circuits; whether they verify is for others"},
	{"prover/groth16/gnarkicicle", []string{gnark, gnarkCrypto}, "what it is compared with shares no code with it"},
	{"prover/plonk", []string{"accel", "accel/resident", "internal/parallel", gnark, gnarkCrypto}, "it makes proofs from solved gates; whether they verify is for others"},
	{"prover/snark", []string{"accel", "accel/cpu", "prover/groth16", "prover/plonk", "verifier", "verifier/snark", "internal/unsafesetup", gnark, gnarkCrypto, "github.com/rs/zerolog"}, "it drives a proof system and knows no model"},
	{"prover/fraction", []string{"internal/parallel", "protocol/...", gnarkCrypto}, "it sums fractions, whatever they stand for"},
	{"prover/opening", []string{"internal/parallel", "prover/mac", "accel", "protocol/pcs", "protocol/mle", "protocol/arith", gnarkCrypto}, "an opening knows columns, not what is in them"},
	{"prover/mac", []string{gnarkCrypto}, "products and sums know of no protocol"},
	{"prover/argument", []string{"internal/parallel", "ir", "tensor", "relation", "protocol/...", "prover/mac", "prover/fraction", gnarkCrypto}, "it proves relations, whatever program they are of"},
	{"prover/sumcheck", []string{"internal/parallel", "circuits/...", "ir", "relation", "statement", "protocol/...", "prover/...", "accel/...", "verifier/...", "internal/unsafesetup", gnarkCrypto}, "it drives the sumcheck system; it never reads models or writes contracts"},
	{"verifier/sumcheck", []string{"verifier", "verifier/snark", "statement", "protocol/...", gnarkCrypto}, "the verifier must be auditable alone"},
	{"circuits/wrap", []string{"circuits", "statement", "protocol/...", gnark, gnarkCrypto}, "the wrap is the verifier of the reduction and no more"},
	{"prover", []string{"accel", "circuits", "ir", "relation", "statement", "prover/snark", "verifier/snark", gnarkCrypto}, "a prover runs programs; it never reads models or writes contracts"},
	{"artifact", []string{"internal/atomicfile", "ir", "tensor"}, "files are not proofs"},
	{"contracts", []string{ethereum, "statement"}, "compiled contracts and how to call them"},
	{"contracts/bindings/...", []string{ethereum, "contracts"}, "generated from what contracts holds"},
	{"export", []string{"statement", "contracts/...", gnark, gnarkCrypto}, "an exporter needs keys, not provers"},
	{"export/onchain", []string{"ir", "tensor", "statement"}, "writing a program for a chain needs neither keys nor an EVM"},
	{"chain/journal", []string{"internal/atomicfile", ethereum, "github.com/gofrs/flock"}, "a journal knows transactions, not what they are for"},
	{"chain/keyfile", []string{ethereum}, "a file of a key knows of no chain"},
	{"chain/publish", []string{"chain", "contracts", "statement", "circuits", gnarkCrypto, ethereum}, "data for a chain, and whether they open a commitment"},
	{"chain/platform", []string{"chain", "contracts", ethereum}, "the contracts together: it knows what they are for, and makes no proofs"},
	{"chain", []string{"contracts", "chain/journal", ethereum, "github.com/holiman/uint256"}, "a chain knows contracts, not proofs"},
	{"examples", nil, "example models are data"},
	{"zoo", []string{"graph", "onnx", "tensor", "internal/onnxwrite"}, "an architecture is a model file: it knows no integers and no proofs"},
	{"tokenizer", nil, "text becomes numbers without knowing what computes on them"},
	{"bench/machine", []string{"golang.org/x/sys"}, "a machine is described before anything runs on it"},
	{"bench", []string{"bench/machine", perf}, "what was measured is data"},
	{"bench/measure", []string{"accel", "bench", "bench/machine"}, "measuring knows time and memory, not what takes them"},
	{"bench/micro", []string{"accel", "bench", "bench/machine", "bench/measure", "internal/parallel", "protocol/...", "prover/fraction", "prover/mac", gnarkCrypto}, "a kernel is measured where it is, without a model around it"},
	{"bench/model", []string{"accel", "bench", "bench/measure", "circuits", "examples", "graph", "ir", "onnx", "protocol/reduction", "prover/...", "quant", "relation", "verifier/snark", "zoo", gnark, gnarkCrypto}, "a model is measured from its file to its proof"},
	{"bench/report", []string{"bench", "bench/machine", "internal/chart", perf}, "a report shows measurements and makes none"},
	{"bench/compare", []string{"bench", perf}, "statistics are benchstat's"},
}

// A denial forbids that a package reaches another, through any path. It binds
// what is linked, not tests.
type denial struct{ pkg, dep, why string }

var denials = []denial{
	{"verifier/snark", "prover", "the verifier must be auditable alone"},
	{"verifier/snark", "circuits", "the verifier must be auditable alone"},
	{"verifier/snark", "internal/unsafesetup", "a verifier makes no keys"},
	{"verifier/sumcheck", "prover", "the verifier must be auditable alone"},
	{"verifier/sumcheck", "circuits", "the verifier must be auditable alone"},
	{"ceremony", "internal/unsafesetup", "a ceremony knows no secrets but its contributor's"},
	{"circuits", "onnx", "a circuit never sees how its witness was found"},
	{"prover", "export", "prover and verifier meet in the protocol only"},
	{"prover", "onnx", "a prover runs programs, whatever they were compiled from"},
	{"prover", "quant", "a prover runs programs, whatever they were compiled from"},
	{"prover", ethereum, "go-ethereum is large and LGPL: it stays on the chain side"},
	{"prover", gonumPlot, "pictures are for the command"},
	{"quant", gonumPlot, "pictures are for the command"},
	{"onnx", ethereum, "go-ethereum is large and LGPL: it stays on the chain side"},
	{"export", ethereum + "/core", "writing calldata needs no EVM"},
}

// maxLines bounds the length of a hand-written Go file.
const maxLines = 700

// badNames are package names that say nothing.
var badNames = map[string]bool{"utils": true, "util": true, "common": true, "types": true, "helpers": true, "helper": true, "core": true, "misc": true}
