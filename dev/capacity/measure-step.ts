import { monitorEventLoopDelay } from 'node:perf_hooks';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../stack/deadline.js';
import type { Lines } from './lines.js';
import { AGENT_NAME, type CapacityPieces } from './pieces.js';
import { TalkingCaller, type Turn } from './talking-caller.js';
import { usageBetween, usageOf, type MemoryUse, type Usage } from './usage.js';

/** What was seen while so many calls went on at once. */
export interface MeasuredStep {
  readonly calls: number;
  /** Of those who joined for this step, in the order they came. */
  readonly firstWordsMs: readonly number[];
  /** What ended while the last of them joined, and processes for the next calls were started. */
  readonly turnsWhileJoining: readonly Turn[];
  /** What ended while nobody joined: this is what counts. */
  readonly turns: readonly Turn[];
  /** Sound that the callers' clients made up meanwhile, of all callers. */
  readonly concealedMs: number;
  readonly usage: Usage;
  readonly memory: MemoryUse;
  /** The longest time that the event loop of a call, and of this process with the callers, stood still. */
  readonly callLoopDelayMs: number | null;
  readonly ownLoopDelayMs: number;
  /** Calls that failed, in sentences. */
  readonly problems: readonly string[];
}

export interface StepOptions {
  readonly pieces: CapacityPieces;
  readonly lines: Lines;
  /** Those who talk already; the new ones are added. */
  readonly callers: TalkingCaller[];
  /** How many there are to be. */
  readonly calls: number;
  /** How long is listened while nobody joins. */
  readonly listenMs: number;
  readonly signal: AbortSignal;
}

/** The framework keeps as many warm in `start`, four at most. */
const WARM = Math.min(4, availableParallelism());
const WARM_WITHIN_MS = 30_000;
/** Waiting processes that use less than this in a second are up. */
const AT_REST_MS = 100;

/** Lets callers join one after another until there are enough, and then listens for a while. */
export async function measureStep(options: StepOptions): Promise<MeasuredStep> {
  const { pieces, lines, callers, calls, listenMs, signal } = options;
  const problems: string[] = [];
  const firstWordsMs: number[] = [];
  const joiningAtMs = performance.now();
  while (callers.length < calls && problems.length === 0) {
    signal.throwIfAborted();
    await TalkingCaller.join(pieces.livekit, AGENT_NAME, lines).then(
      (caller) => {
        callers.push(caller);
        firstWordsMs.push(caller.firstWordMs);
      },
      (error: unknown) => problems.push(`A call did not begin: ${String(error)}`),
    );
  }
  await untilWarm(pieces, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    problems.push(`No process is ready for the next call: ${String(error)}`);
  });

  const before = await usageOf(pieces);
  const concealedBefore = await concealedMs(callers);
  const ownLoop = monitorEventLoopDelay({ resolution: 10 });
  ownLoop.enable();
  await delay(listenMs, undefined, { signal });
  ownLoop.disable();
  const after = await usageOf(pieces);
  const between = (fromMs: number, toMs: number): Turn[] =>
    callers.flatMap((caller) => caller.turnsBetween(fromMs, toMs));
  return {
    calls,
    firstWordsMs,
    turnsWhileJoining: between(joiningAtMs, before.atMs),
    turns: between(before.atMs, after.atMs),
    concealedMs: (await concealedMs(callers)) - concealedBefore,
    usage: usageBetween(before, after),
    memory: after.memory,
    callLoopDelayMs: await callLoopDelayMs(pieces),
    ownLoopDelayMs: ownLoop.max / 1e6,
    problems: [...problems, ...callers.flatMap((caller) => caller.problems)],
  };
}

/** Until the processes for the next calls are there, and no longer busy with their start. */
async function untilWarm({ agent }: CapacityPieces, signal: AbortSignal): Promise<void> {
  let before = Number.NEGATIVE_INFINITY;
  await waitUntil(
    async () => {
      const { idle } = await agent.processes();
      const cpuMs = idle.reduce((total, one) => total + one.cpuMs, 0);
      const spentMs = Math.abs(cpuMs - before);
      before = cpuMs;
      return idle.length >= WARM && spentMs < AT_REST_MS;
    },
    { deadlineMs: WARM_WITHIN_MS, what: 'the start of idle processes', everyMs: 1000, signal },
  );
}

async function concealedMs(callers: readonly TalkingCaller[]): Promise<number> {
  const all = await Promise.all(callers.map((caller) => caller.concealedMs()));
  return all.reduce((total, one) => total + one, 0);
}

const LOOP_DELAY = /^steadfast_call_event_loop_delay_seconds_max (\S+)$/m;

/** As the worker's metrics say it, of the last five seconds. */
async function callLoopDelayMs({ metricsUrl }: CapacityPieces): Promise<number | null> {
  const text = await fetch(metricsUrl, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.text(),
    () => '',
  );
  const seconds = LOOP_DELAY.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
