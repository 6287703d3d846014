// SPDX-License-Identifier: Apache-2.0

// Checks an attested inference, from the transaction that attested it:
//
//     node verify.mjs --rpc URL --market ADDRESS --model ID [--name HASH] --transaction HASH
//
// The market and the model are what the reader trusts. --name pins what the id stands for: the model's name
// for its verifier, which hashes the network and its key. Prints the inference as JSON, and ends with 1 if
// there is none.

import { parseArgs } from "node:util";
import {
  createPublicClient, decodeAbiParameters, decodeFunctionData, encodeAbiParameters, encodePacked, http,
  isAddressEqual, keccak256, parseAbi, parseAbiParameters, parseEventLogs, toHex,
} from "viem";

const market = parseAbi([
  "event InferenceVerified(uint256 indexed modelId, bytes32 indexed inputCommitment, bytes output, address indexed caller)",
  "function attest(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) payable returns (bytes32)",
  "function verifyInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof)",
  "function verifyAndStoreInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns (bytes32)",
  "function registry() view returns (address)",
  "function router() view returns (address)",
  "function isVerified(bytes32 inferenceId) view returns (bool)",
  "function contextOf(uint256 modelId, bytes32 inputCommitment) view returns (bytes32)",
]);
const registry = parseAbi([
  "struct ModelCommitment { bytes32 modelHash; bytes32 circuitHash; bytes32 vkHash; bytes4 proofSystemId; string uri; }",
  "function getModel(uint256 modelId) view returns (ModelCommitment commitment, bool deprecated, address owner)",
]);
const router = parseAbi(["function verifierOf(bytes4 selector) view returns (address)"]);
const verifier = parseAbi([
  "error VerifierStopped()",
  "error ProofInvalid()",
  "function verifyInference(bytes32 model, bytes32 modelDigest, bytes32 context, bytes key, bytes input, bytes output, bytes32[] commitments, bytes proof) view",
]);
const inferenceProof = parseAbiParameters([
  "InferenceProof proof",
  "struct InferenceProof { uint256 nonce; uint256 maxFee; bytes input; bytes32[] commitments; bytes key; bytes proof; }",
]);

function check(condition, complaint) {
  if (!condition) throw new Error(complaint);
}

// attestationOf returns what the market said in a transaction.
async function attestationOf(client, trusted) {
  const receipt = await client.getTransactionReceipt({ hash: trusted.transaction });
  check(receipt.status === "success", "the transaction failed");
  const events = parseEventLogs({ abi: market, eventName: "InferenceVerified", logs: receipt.logs }).filter(
    (e) => isAddressEqual(e.address, trusted.market) && e.args.modelId === trusted.model,
  );
  check(events.length === 1, `the market attests ${events.length} inferences of the model in the transaction, not 1`);
  return { ...events[0].args, block: receipt.blockNumber };
}

// modelOf returns what the registry knows of a model.
async function modelOf(client, trusted) {
  const address = await client.readContract({ address: trusted.market, abi: market, functionName: "registry" });
  const [commitment, deprecated, owner] = await client.readContract({
    address, abi: registry, functionName: "getModel", args: [trusted.model],
  });
  check(
    trusted.name === undefined || commitment.circuitHash === trusted.name,
    `the model's name is ${commitment.circuitHash}`,
  );
  return { ...commitment, deprecated, owner };
}

// recheck has the verifier look at the proof again, if the transaction is the market's own and so has it, and
// returns the input. Nothing of this trusts what the market said.
async function recheck(client, trusted, attestation, model) {
  const transaction = await client.getTransaction({ hash: trusted.transaction });
  if (transaction.to === null || !isAddressEqual(transaction.to, trusted.market)) return undefined;
  const { args } = decodeFunctionData({ abi: market, data: transaction.input });
  const [p] = decodeAbiParameters(inferenceProof, args[3]);
  const commitment = keccak256(
    encodeAbiParameters(parseAbiParameters("bytes32, bytes32, bytes32, address, uint256"), [
      keccak256(toHex("zkml.input.v1")), keccak256(p.input),
      keccak256(encodePacked(["bytes32[]"], [p.commitments])), attestation.caller, p.nonce,
    ]),
  );
  check(commitment === attestation.inputCommitment, "the input does not open the commitment");
  const read = (address, abi, functionName, args) => client.readContract({ address, abi, functionName, args });
  const routes = await read(trusted.market, market, "router");
  const address = await read(routes, router, "verifierOf", [model.proofSystemId]);
  const context = await read(trusted.market, market, "contextOf", [trusted.model, commitment]);
  const { output } = attestation;
  await read(address, verifier, "verifyInference", [
    model.circuitHash, model.modelHash, context, p.key, p.input, output, p.commitments, p.proof,
  ]);
  return p.input;
}

async function verify(client, trusted) {
  const attestation = await attestationOf(client, trusted);
  const model = await modelOf(client, trusted);
  const { inputCommitment, output, caller, block } = attestation;
  const inferenceId = keccak256(
    encodePacked(["uint256", "bytes32", "bytes"], [trusted.model, inputCommitment, output]),
  );
  const recorded = await client.readContract({
    address: trusted.market, abi: market, functionName: "isVerified", args: [inferenceId],
  });
  check(recorded, "the market has no record of the inference");
  const input = await recheck(client, trusted, attestation, model);
  return {
    model: trusted.model, name: model.circuitHash, owner: model.owner, deprecated: model.deprecated,
    caller, input, output, inferenceId, block, proofChecked: input !== undefined,
  };
}

const { values } = parseArgs({
  options: Object.fromEntries(["rpc", "market", "model", "name", "transaction"].map((o) => [o, { type: "string" }])),
});
try {
  for (const option of ["rpc", "market", "model", "transaction"]) check(values[option], `--${option} is missing`);
  const client = createPublicClient({ transport: http(values.rpc) });
  const inference = await verify(client, { ...values, model: BigInt(values.model) });
  console.log(JSON.stringify(inference, (_, v) => (typeof v === "bigint" ? v.toString() : v), 1));
} catch (error) {
  const reason = error.walk?.((e) => e.data?.errorName)?.data.errorName;
  console.error(`verify: ${error.shortMessage ?? error.message}${reason === undefined ? "" : " " + reason}`);
  process.exit(1);
}
