import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMeasurement } from '../bench/measurement.js';
import { startLiveKit } from '../stack/index.js';
import { parseSoakArgs, USAGE, type SoakArgs } from './args.js';
import { soakCalls } from './calls.js';
import { soakReconnects } from './reconnects.js';
import { soakDocs, soakSummary } from './report.js';
import { soakResult, type SoakRuns } from './result.js';

/** Runs what was asked for, part after part. */
async function run(
  args: SoakArgs,
  say: (message: string) => void,
  signal: AbortSignal,
): Promise<SoakRuns> {
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

await runMeasurement({
  usage: USAGE,
  parse: parseSoakArgs,
  async measure(args, say, signal) {
    const runs = await run(args, say, signal);
    const result = soakResult(runs);
    return { result, summary: soakSummary(result), ok: result.ok, docs: soakDocs(result, runs) };
  },
});
