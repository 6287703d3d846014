// SPDX-License-Identifier: Apache-2.0

// A node for tests: it answers JSON-RPC requests, one per line of stdin, on stdout, and runs calls and
// transactions on ethereumjs's EVM under the rules of Osaka. The account that the first argument names is
// rich, the second argument is the id of the chain. Every transaction is sealed in a block of its own. There
// is no state trie and no history: calls run on the newest block whatever block they name.

import { createInterface } from "node:readline";
import { createBlock } from "@ethereumjs/block";
import { Common, Hardfork, Mainnet } from "@ethereumjs/common";
import { createTxFromRLP } from "@ethereumjs/tx";
import {
  Account, bigIntToHex, bytesToHex, createAddressFromString, createZeroAddress, hexToBytes,
} from "@ethereumjs/util";
import { createVM, runTx } from "@ethereumjs/vm";

const CHAIN_ID = Number(process.argv[3]);
const TX_GAS = 1n << 24n; // most that one transaction may use (EIP-7825)
const BLOCK_GAS = 60_000_000n;

const common = new Common({ chain: { ...Mainnet, chainId: CHAIN_ID }, hardfork: Hardfork.Osaka });
const vm = await createVM({ common });
const rich = new Account(0n, 1n << 100n);
await vm.stateManager.putAccount(createAddressFromString(process.argv[2]), rich);

const receipts = new Map();
let head = seal(0n, Math.floor(Date.now() / 1000), new Uint8Array(32));

function seal(number, timestamp, parentHash) {
  const header = { number, timestamp, parentHash, baseFeePerGas: 7n, gasLimit: BLOCK_GAS };
  return createBlock({ header }, { common, skipConsensusFormatValidation: true });
}

// next is the block that a call or a transaction runs in.
function next() {
  const { number, timestamp } = head.header;
  return seal(number + 1n, timestamp + 1n, head.hash());
}

// A Refusal is an answer to a request that carries revert data.
class Refusal extends Error {
  constructor(message, data) {
    super(message);
    this.data = data;
  }
}

// returned returns what a run returned, or throws why it failed.
function returned({ exceptionError, returnValue }) {
  if (exceptionError === undefined) return returnValue;
  if (exceptionError.error === "revert") throw new Refusal("execution reverted", bytesToHex(returnValue));
  throw new Error(exceptionError.error);
}

// call runs a call and takes back what it changed.
async function call({ from, to, data, input, value, gas }) {
  const caller = from ? createAddressFromString(from) : createZeroAddress();
  await vm.evm.journal.cleanup();
  await vm.evm.journal.checkpoint();
  try {
    const { execResult } = await vm.evm.runCall({
      block: next(),
      caller,
      to: to ? createAddressFromString(to) : undefined,
      data: hexToBytes(input ?? data ?? "0x"),
      value: BigInt(value ?? 0),
      gasLimit: gas ? BigInt(gas) : BLOCK_GAS,
      gasPrice: 0n,
    });
    return returned(execResult);
  } finally {
    await vm.evm.journal.revert();
    await vm.evm.journal.cleanup();
    vm.stateManager.originalStorageCache.clear();
  }
}

async function send(raw) {
  const tx = createTxFromRLP(hexToBytes(raw), { common });
  const block = next();
  const run = await runTx(vm, { tx, block });
  const at = {
    blockHash: bytesToHex(block.hash()),
    blockNumber: bigIntToHex(block.header.number),
    transactionHash: bytesToHex(tx.hash()),
    transactionIndex: "0x0",
  };
  const logs = run.execResult.logs ?? [];
  const gasUsed = bigIntToHex(run.totalGasSpent);
  receipts.set(at.transactionHash, {
    ...at,
    type: bigIntToHex(BigInt(tx.type)),
    status: run.execResult.exceptionError === undefined ? "0x1" : "0x0",
    from: tx.getSenderAddress().toString(),
    to: tx.to?.toString() ?? null,
    contractAddress: run.createdAddress?.toString() ?? null,
    gasUsed,
    cumulativeGasUsed: gasUsed,
    effectiveGasPrice: bigIntToHex(run.amountSpent / run.totalGasSpent),
    logsBloom: bytesToHex(run.bloom.bitvector),
    logs: logs.map(([address, topics, data], i) => ({
      ...at,
      address: bytesToHex(address),
      topics: topics.map(bytesToHex),
      data: bytesToHex(data),
      logIndex: bigIntToHex(BigInt(i)),
      removed: false,
    })),
  });
  head = block;
  return at.transactionHash;
}

const account = async (address) =>
  (await vm.stateManager.getAccount(createAddressFromString(address))) ?? new Account();

function headJSON() {
  const { uncleHash, coinbase, transactionsTrie, receiptTrie, ...header } = head.header.toJSON();
  return {
    ...header,
    hash: bytesToHex(head.hash()),
    sha3Uncles: uncleHash,
    miner: coinbase,
    transactionsRoot: transactionsTrie,
    receiptsRoot: receiptTrie,
    transactions: [],
    uncles: [],
  };
}

const methods = {
  eth_chainId: () => bigIntToHex(BigInt(CHAIN_ID)),
  eth_blockNumber: () => bigIntToHex(head.header.number),
  eth_getBlockByNumber: headJSON,
  eth_gasPrice: () => bigIntToHex(8n),
  eth_maxPriorityFeePerGas: () => bigIntToHex(1n),
  eth_getBalance: async (address) => bigIntToHex((await account(address)).balance),
  eth_getTransactionCount: async (address) => bigIntToHex((await account(address)).nonce),
  eth_getCode: async (address) => bytesToHex(await vm.stateManager.getCode(createAddressFromString(address))),
  eth_call: async (message) => bytesToHex(await call(message)),
  // No estimate but nearly the limit of all transactions, to which senders may add a tenth: what a
  // transaction uses does not depend on its own limit.
  eth_estimateGas: async (message) => {
    await call({ ...message, gas: bigIntToHex(TX_GAS) });
    return bigIntToHex((TX_GAS * 10n) / 12n);
  },
  eth_sendRawTransaction: send,
  eth_getTransactionReceipt: (hash) => receipts.get(hash) ?? null,
};

async function answer({ id, method, params }) {
  try {
    if (!Object.hasOwn(methods, method)) throw new Error(`no method ${method}`);
    return { jsonrpc: "2.0", id, result: await methods[method](...(params ?? [])) };
  } catch (error) {
    const code = error instanceof Refusal ? 3 : -32000;
    return { jsonrpc: "2.0", id, error: { code, message: error.message, data: error.data } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + "\n");
}
