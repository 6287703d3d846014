// SPDX-License-Identifier: Apache-2.0

// Runs a model with ONNX Runtime.
//
//	node run.mjs MODEL.onnx DIR
//
// DIR holds in0.npy, in1.npy, …: the inputs in the model's order, float64, with
// samples along the first axis. The outputs are written beside them in the same
// form, and their names to outputs.json. Optimizations are off: what is computed
// is what the model says.
import {readFileSync, writeFileSync} from 'node:fs';
import {endianness} from 'node:os';
import {InferenceSession, Tensor} from 'onnxruntime-node';

// arrays says how the elements of a type are kept.
const arrays = {
  float32: Float32Array, float64: Float64Array, int64: BigInt64Array, uint64: BigUint64Array, int32: Int32Array,
  uint32: Uint32Array, int16: Int16Array, uint16: Uint16Array, int8: Int8Array, uint8: Uint8Array, bool: Uint8Array,
};

function readNpy(path) {
  const data = readFileSync(path);
  const end = 10 + data.readUInt16LE(8);
  const header = data.toString('latin1', 10, end);
  if (!header.includes("'<f8'")) throw new Error(`${path}: not an array of float64`);
  const shape = header.match(/'shape': \(([^)]*)\)/)[1].split(',').filter(s => s.trim()).map(Number);
  return {shape, data: new Float64Array(data.buffer.slice(data.byteOffset + end, data.byteOffset + data.length))};
}

function writeNpy(path, shape, data) {
  let header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.map(n => n + ',').join('')}), }`;
  header = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  writeFileSync(path, Buffer.concat([start, Buffer.from(header, 'latin1'), Buffer.from(data.buffer)]));
}

function tensor(type, shape, data) {
  const kind = arrays[type];
  if (!kind) throw new Error(`inputs of type ${type} are not supported`);
  const big = kind === BigInt64Array || kind === BigUint64Array;
  return new Tensor(type, big ? kind.from(data, BigInt) : kind.from(data), shape);
}

if (endianness() !== 'LE') throw new Error('arrays are written in little endian');
const [model, dir] = process.argv.slice(2);
const session = await InferenceSession.create(model, {
  graphOptimizationLevel: 'disabled', executionProviders: ['cpu'], intraOpNumThreads: 2, logSeverityLevel: 3,
});
const inputs = session.inputMetadata.map((m, i) => ({name: m.name, type: m.type, ...readNpy(`${dir}/in${i}.npy`)}));
const samples = inputs[0].shape[0];
const outputs = session.outputNames.map(() => ({shape: [], data: null}));
for (let k = 0; k < samples; k++) {
  const feeds = {};
  for (const {name, type, shape, data} of inputs) {
    const size = data.length / samples;
    feeds[name] = tensor(type, shape.slice(1), data.subarray(k * size, (k + 1) * size));
  }
  const results = await session.run(feeds);
  session.outputNames.forEach((name, i) => {
    const {dims, data} = results[name];
    if (!data) throw new Error(`output ${name} is not a tensor of numbers`);
    const out = outputs[i];
    out.data ??= new Float64Array(samples * data.length);
    out.shape = [samples, ...dims];
    out.data.set(Float64Array.from(data, Number), k * data.length);
  });
}
outputs.forEach(({shape, data}, i) => writeNpy(`${dir}/out${i}.npy`, shape, data));
writeFileSync(`${dir}/outputs.json`, JSON.stringify(session.outputNames));
