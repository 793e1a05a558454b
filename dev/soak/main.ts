import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeCallers } from '../caller/index.js';
import { untilInterrupted } from '../demo/interruption.js';
import { startLiveKit } from '../stack/index.js';
import { killAllProcesses } from '../stack/process-registry.js';
import { parseSoakArgs, USAGE, type SoakArgs } from './args.js';
import { soakCalls } from './calls.js';
import { soakReconnects } from './reconnects.js';
import { soakSummary, writeSoakDocs } from './report.js';
import { soakResult, type SoakRuns } from './result.js';

/** Runs what was asked for, part after part. */
async function run(args: SoakArgs, say: (message: string) => void): Promise<SoakRuns> {
  const signal = untilInterrupted();
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-soak-'));
  try {
    await using livekit = await startLiveKit({ onProgress: say, signal });
    const common = { livekit, folder, say, signal };
    const { calls, parallel, reconnects, replies, entry } = args;
    return {
      ...(calls > 0 && { calls: await soakCalls({ ...common, calls, parallel, entry }) }),
      ...(replies > 0 && {
        whole: await soakReconnects({ ...common, times: replies, cuts: false }),
      }),
      ...(reconnects > 0 && {
        cut: await soakReconnects({ ...common, times: reconnects, cuts: true }),
      }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function main(): Promise<number> {
  let args: SoakArgs;
  try {
    args = parseSoakArgs(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  const begunAtMs = performance.now();
  const say = (message: string): void => {
    const seconds = Math.round((performance.now() - begunAtMs) / 1000);
    console.error(`${String(seconds).padStart(4)} s  ${message}`);
  };
  const runs = await run(args, say);
  const result = soakResult(runs);
  console.error(`\n${soakSummary(result)}`);
  if (args.writesDocs) {
    await writeSoakDocs(result, runs);
    say('docs/soak.md, .json and the pictures are written.');
  }
  if (args.json) {
    await new Promise<void>((done) => {
      process.stdout.write(`${JSON.stringify(result)}\n`, () => done());
    });
  }
  await disposeCallers();
  return result.ok ? 0 : 1;
}

const status = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
killAllProcesses();
// Not by itself: the native library of a call keeps a process running.
process.exit(status);
