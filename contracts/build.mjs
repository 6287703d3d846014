// SPDX-License-Identifier: Apache-2.0

// Compiles src/*.sol and writes artifacts/<Contract>.json, one file for each contract that can be
// deployed. The output depends on the sources and the pinned compiler alone.
//
//     node build.mjs                                   make the artifacts of the repository
//     node build.mjs OUTPUT-DIRECTORY [ROOT-OF-src [quick]]    for tests; quick is without the IR
//                                                      pipeline, for contracts with planted faults
//
// Every source file is compiled on its own, with nothing but what it imports: the compiler numbers all
// sources of a run together and the numbers leak into the order of generated code, so that in a common
// run a new contract could change the bytecode of an old one. Imports of @openzeppelin/contracts are read
// from node_modules, at the version that package.json pins.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "artifacts");
const root = process.argv[3] ?? here;
const pinned = readJSON("package.json").devDependencies;
const settings = {
  optimizer: { enabled: true, runs: 1000000 },
  viaIR: process.argv[4] !== "quick",
  evmVersion: "prague",
  metadata: { bytecodeHash: "none", appendCBOR: false },
};
// Contracts that are smaller, and dearer to run by 2 %, with other runs: at a million, they come within 100
// bytes of the limit of EIP-170.
const runsOf = { "src/onchain/OnchainModel.sol": 200 };

if (!solc.version().startsWith(pinned.solc + "+")) {
  throw new Error(`solc ${solc.version()} is installed, package.json pins ${pinned.solc}`);
}
const library = "@openzeppelin/contracts";
const installed = readJSON(`node_modules/${library}/package.json`).version;
if (installed !== pinned[library]) {
  throw new Error(`${library} ${installed} is installed, package.json pins ${pinned[library]}`);
}
mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) {
  if (name.endsWith(".json")) rmSync(join(out, name));
}

const files = readdirSync(join(root, "src"), { recursive: true }).filter((f) => f.endsWith(".sol"));
for (const file of files.sort()) {
  for (const [name, contract] of Object.entries(compile(`src/${file}`))) {
    const bytecode = contract.evm.bytecode.object;
    if (bytecode === "") continue; // an interface or an abstract contract
    const artifact = {
      contract: name,
      source: `src/${file}`,
      compiler: solc.version(),
      settings: settingsOf(`src/${file}`),
      abi: contract.abi,
      bytecode: "0x" + bytecode,
      deployedBytecode: "0x" + contract.evm.deployedBytecode.object,
    };
    writeFileSync(join(out, `${name}.json`), JSON.stringify(artifact, null, 1) + "\n");
    console.log(`${name}: ${contract.evm.deployedBytecode.object.length / 2} bytes`);
  }
}

// compile returns the contracts that the source itself declares, libraries left out.
function compile(source) {
  const input = {
    language: "Solidity",
    sources: { [source]: { content: readFileSync(join(root, source), "utf8") } },
    settings: {
      ...settingsOf(source),
      outputSelection: { [source]: { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"], "": ["ast"] } },
    },
  };
  const load = (path) => {
    const from = path.startsWith(library + "/") ? join(here, "node_modules") : root;
    return { contents: readFileSync(join(from, path), "utf8") };
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: load }));
  for (const message of output.errors ?? []) console.error(message.formattedMessage);
  if (output.errors?.length) throw new Error(`${source}: solc reports errors or warnings`);
  const contracts = output.sources[source].ast.nodes.filter(
    (n) => n.nodeType === "ContractDefinition" && n.contractKind === "contract",
  );
  return Object.fromEntries(contracts.map((n) => [n.name, output.contracts[source][n.name]]));
}

function settingsOf(source) {
  return { ...settings, optimizer: { ...settings.optimizer, runs: runsOf[source] ?? settings.optimizer.runs } };
}

function readJSON(path) {
  return JSON.parse(readFileSync(join(here, path), "utf8"));
}
