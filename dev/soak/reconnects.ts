import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { joinAsCaller } from '../caller/index.js';
import { waitUntil } from '../stack/deadline.js';
import { callerToken, compileAgent, startSimulatorProcess, startWorker } from '../stack/index.js';
import type { LiveKitAddress } from '../stack/livekit/address.js';
import { FAST_MODEL } from './fast-model.js';
import { asVariables } from './orders.js';

const sample = z.object({
  atMs: z.number(),
  replies: z.number(),
  reconnects: z.number(),
  rssMb: z.number(),
  heapMb: z.number(),
  externalMb: z.number(),
});

/** The memory of the job process, at a moment (since the epoch), after so many replies and reconnects. */
export type ReconnectSample = z.output<typeof sample>;

/** One call in which the agent said the same word again and again. */
export interface ReconnectRun {
  readonly samples: readonly ReconnectSample[];
  /** Connections that the simulator saw in all, at once, and at the end of the call. */
  readonly connections: number;
  readonly peakOpen: number;
  readonly leftOpen: number;
  readonly tookMs: number;
}

export interface ReconnectOptions {
  readonly livekit: LiveKitAddress;
  /** How many reconnects; without cuts, how many replies. */
  readonly times: number;
  readonly cuts: boolean;
  readonly folder: string;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A reply, its playing, and the next connection; generous, for a busy machine. */
const LONGEST_ROUND_MS = 3000;
const SAMPLES = 100;
const TELL_EVERY_MS = 15_000;

/** Holds one call in one job process, and cuts its connection after each completed reply. */
export async function soakReconnects(options: ReconnectOptions): Promise<ReconnectRun> {
  const { livekit, times, cuts, folder, say, signal } = options;
  const file = join(folder, `memory-${cuts ? 'cut' : 'whole'}.jsonl`);
  await using simulator = await startSimulatorProcess({ env: FAST_MODEL, signal });
  await using agent = await compileAgent('dev/soak/soak-agent.ts');
  await using worker = await startWorker({
    mode: 'dev',
    livekit,
    entry: agent.entry,
    env: {
      ...simulator.agentEnv,
      AGENT_NAME: 'soak',
      DATA_DIR: folder,
      IDLE_TIMEOUT: '30m',
      ...asVariables({ times, cuts, file, noteEvery: Math.max(1, Math.round(times / SAMPLES)) }),
    },
    signal,
  });
  if (cuts) {
    await simulator.control.addFault({ fault: 'drop-after-response', on: 'every', afterMs: 10 });
  }
  const room = `soak-${cuts ? 'cut' : 'whole'}`;
  const token = await callerToken({ livekit, room, identity: 'caller', agentName: 'soak' });
  const begunAtMs = performance.now();
  await using caller = await joinAsCaller({ url: livekit.url, token });
  let toldAtMs = begunAtMs;
  let isOver = false;
  void caller.agentLeft.then(() => (isOver = true));
  await waitUntil(
    async () => {
      if (performance.now() - toldAtMs > TELL_EVERY_MS) {
        toldAtMs = performance.now();
        const last = (await readSamples(file)).at(-1);
        say(
          `${last?.reconnects ?? 0} reconnects, ${last?.replies ?? 0} replies, heap ${last?.heapMb ?? 0} MB`,
        );
      }
      return isOver;
    },
    {
      deadlineMs: 60_000 + times * LONGEST_ROUND_MS,
      what: `the end of a call of ${times} ${cuts ? 'reconnects' : 'replies'}`,
      everyMs: 200,
      signal,
    },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${worker.output().slice(-3000)}`, { cause: error });
  });
  const tookMs = performance.now() - begunAtMs;
  const status = await simulator.control.status();
  return {
    samples: await readSamples(file),
    connections: status.attempts,
    peakOpen: status.peakOpen,
    leftOpen: status.open,
    tookMs,
  };
}

async function readSamples(file: string): Promise<ReconnectSample[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => sample.parse(JSON.parse(line)));
}
