import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Subject } from '../bench/subject.js';
import { joinAsCaller } from '../caller/index.js';
import { waitUntil } from '../stack/deadline.js';
import { callerToken, startSimulatorProcess, startWorker } from '../stack/index.js';
import type { LiveKitAddress } from '../stack/livekit/address.js';
import { FAST_MODEL } from './fast-model.js';

/** The worker's memory after so many calls, in megabytes. */
export interface CallsSample {
  readonly calls: number;
  /** Of the worker's main process, after a collection. */
  readonly heapMb: number;
  readonly rssMb: number;
}

/** Many calls on one worker. */
export interface CallsRun {
  readonly samples: readonly CallsSample[];
  /** Resident memory of each call's process just before its caller hung up, in the order of the calls. */
  readonly callRssMb: readonly number[];
  /** Job processes that were left when all callers had gone, without those that wait for a call. */
  readonly processesLeft: number;
  /** Connections to the model that were still open then. */
  readonly connectionsLeft: number;
  readonly failed: number;
  readonly tookMs: number;
}

export interface CallsOptions {
  readonly livekit: LiveKitAddress;
  /** How many calls in all; half of them one after another, the others `parallel` at once. */
  readonly calls: number;
  readonly parallel: number;
  /** Default: dist/agent.js. */
  readonly entry: string | undefined;
  readonly folder: string;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const HEARD_WITHIN_MS = 30_000;
const ENDED_WITHIN_MS = 30_000;
const PROBE = fileURLToPath(new URL('heap-probe.mjs', import.meta.url));
const MEGABYTE = 2 ** 20;

/** Holds calls, each up to the agent's first words, and looks at the worker after each round. */
export async function soakCalls(options: CallsOptions): Promise<CallsRun> {
  const { livekit, calls, parallel, entry, folder, say, signal } = options;
  await using simulator = await startSimulatorProcess({ env: FAST_MODEL, signal });
  await using worker = await startWorker({
    mode: 'start',
    livekit,
    entry,
    env: {
      ...simulator.agentEnv,
      AGENT_NAME: 'soak',
      MAX_CALLS: String(parallel),
      // Whoever leaves is not waited for.
      REJOIN_GRACE: '0s',
      DATA_DIR: folder,
      LOG_FORMAT: 'json',
      NODE_OPTIONS: `--import ${PROBE}`,
    },
    signal,
  });
  const subject = new Subject('ours', worker);
  const samples: CallsSample[] = [];
  const callRssMb: number[] = [];
  let failed = 0;
  const begunAtMs = performance.now();
  await subject.settle(signal);

  const round = async (size: number): Promise<void> => {
    signal?.throwIfAborted();
    const held = Array.from({ length: size }, () => holdCall(livekit));
    const callers = (await Promise.allSettled(held)).flatMap((one) =>
      one.status === 'fulfilled' ? one.value : [],
    );
    failed += size - callers.length;
    const processes = await subject.processes();
    callRssMb.push(...processes.calls.map(({ memory }) => memory.rssMb));
    await Promise.all(callers.map((caller) => caller.leave()));
    await subject.settle(signal);
    const done = (samples.at(-1)?.calls ?? 0) + size;
    samples.push({ calls: done, ...(await lookInto(worker)) });
    say(`${done} of ${calls} calls, ${samples.at(-1)?.heapMb.toFixed(1)} MB of heap in the worker`);
  };
  const oneByOne = Math.ceil(calls / 2);
  for (let at = 0; at < oneByOne; at += 1) {
    await round(1);
  }
  for (let left = calls - oneByOne; left > 0; left -= parallel) {
    await round(Math.min(left, parallel));
  }
  return {
    samples,
    callRssMb,
    processesLeft: await processesLeft(subject),
    connectionsLeft: (await simulator.control.status()).open,
    failed,
    tookMs: performance.now() - begunAtMs,
  };
}

/** How many processes of ended calls do not end by themselves. */
async function processesLeft(subject: Subject): Promise<number> {
  let left = 0;
  await waitUntil(
    async () => {
      const { calls, over } = await subject.processes();
      left = calls.length + over.length;
      return left === 0;
    },
    { deadlineMs: ENDED_WITHIN_MS, what: 'the end of every call’s process', everyMs: 500 },
  ).catch(() => undefined);
  return left;
}

/** Joins, and listens until the agent speaks. */
async function holdCall(livekit: LiveKitAddress): ReturnType<typeof joinAsCaller> {
  const room = `soak-${randomUUID()}`;
  const token = await callerToken({ livekit, room, identity: 'caller', agentName: 'soak' });
  const caller = await joinAsCaller({ url: livekit.url, token });
  try {
    await caller.agentVoice.waitForVoice({ timeoutMs: HEARD_WITHIN_MS });
    return caller;
  } catch (error) {
    await caller.leave();
    throw error;
  }
}

const answer = z.object({ soakHeapBytes: z.number(), soakRssBytes: z.number() });

/** Asks the probe in the worker. */
async function lookInto(worker: Subject['worker']): Promise<Omit<CallsSample, 'calls'>> {
  const answers = () => worker.lines().filter((line) => 'soakHeapBytes' in line);
  const before = answers().length;
  process.kill(worker.pid, 'SIGUSR2');
  await waitUntil(() => answers().length > before, { deadlineMs: 10_000, what: 'the probe' });
  const { soakHeapBytes, soakRssBytes } = answer.parse(answers().at(-1));
  return { heapMb: soakHeapBytes / MEGABYTE, rssMb: soakRssBytes / MEGABYTE };
}
