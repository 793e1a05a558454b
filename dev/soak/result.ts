import { fitLine, type Point } from '../bench/regression.js';
import { summarize, type Estimate, type Summary } from '../bench/statistics.js';
import type { CallsRun } from './calls.js';
import type { ReconnectRun, ReconnectSample } from './reconnects.js';

/** What one more of something costs, in kilobytes. */
export interface Slope {
  /** As in "heap of the worker, per call". */
  readonly what: string;
  readonly kb: Estimate;
  /** The most it may be; the whole interval has to lie above for it to be too much. */
  readonly limitKb: number;
  /** Whether enough was run to judge it: the first of anything costs more. */
  readonly judged: boolean;
  readonly ok: boolean;
  readonly points: number;
}

/** What was run; a part that was left out is absent. */
export interface SoakRuns {
  readonly calls?: CallsRun;
  /** One call without a cut. */
  readonly whole?: ReconnectRun;
  /** One call, cut again and again. */
  readonly cut?: ReconnectRun;
}

export interface SoakResult {
  readonly ok: boolean;
  readonly slopes: readonly Slope[];
  /** What is not as it should be, in sentences. */
  readonly problems: readonly string[];
  readonly calls: {
    readonly held: number;
    readonly rssMb: Summary;
    readonly tookMs: number;
  } | null;
  readonly reconnects: {
    readonly times: number;
    readonly connections: number;
    readonly tookMs: number;
  } | null;
}

/** Anything grows at first: code is compiled, buffers find their size. This share of a run is left out. */
const WARM_UP = 0.25;
/** Shorter runs are warm-up altogether: their slopes are told, and not judged. */
const ENOUGH = { calls: 30, minutes: 0.75, reconnects: 300 };
const KB_PER_MB = 1024;
/** The most that one more may cost, in kilobytes. */
const CALL = { heap: 20, rss: 150, process: 300, enough: ENOUGH.calls };
const MINUTE = { heap: 1024, rss: 2048, enough: ENOUGH.minutes };
const RECONNECT = { heap: 10, rss: 25, enough: ENOUGH.reconnects };

export function soakResult({ calls, whole, cut }: SoakRuns): SoakResult {
  const slopes = [
    ...(calls ? slopesOfCalls(calls) : []),
    ...(whole ? slopesOf(whole, 'minute of a call', minutes, MINUTE) : []),
    ...(cut ? slopesOf(cut, 'reconnect', ({ reconnects }) => reconnects, RECONNECT) : []),
  ];
  const problems = [...(calls ? problemsOfCalls(calls) : []), ...(cut ? problemsOfCut(cut) : [])];
  return {
    ok: problems.length === 0 && slopes.every(({ ok }) => ok),
    slopes,
    problems,
    calls: calls
      ? {
          held: (calls.samples.at(-1)?.calls ?? 0) - calls.failed,
          rssMb: summarize(calls.callRssMb),
          tookMs: calls.tookMs,
        }
      : null,
    reconnects: cut
      ? {
          times: cut.samples.at(-1)?.reconnects ?? 0,
          connections: cut.connections,
          tookMs: cut.tookMs,
        }
      : null,
  };
}

function slopesOfCalls({ samples, callRssMb }: CallsRun): Slope[] {
  const points = (read: (sample: CallsRun['samples'][number]) => number): Point[] =>
    samples.map((sample) => ({ x: sample.calls, y: read(sample) }));
  return [
    slope(
      'heap of the worker, per call',
      points(({ heapMb }) => heapMb),
      CALL.heap,
      CALL.enough,
    ),
    slope(
      'memory of the worker, per call',
      points(({ rssMb }) => rssMb),
      CALL.rss,
      CALL.enough,
    ),
    slope(
      'memory of a call’s process, per earlier call',
      callRssMb.map((y, x) => ({ x: x + 1, y })),
      CALL.process,
      CALL.enough,
    ),
  ].filter((one) => one !== null);
}

function slopesOf(
  { samples }: ReconnectRun,
  per: string,
  x: (sample: ReconnectSample, first: ReconnectSample) => number,
  limits: typeof MINUTE,
): Slope[] {
  const [first] = samples;
  if (first === undefined) {
    return [];
  }
  const points = (read: (sample: ReconnectSample) => number): Point[] =>
    samples.map((sample) => ({ x: x(sample, first), y: read(sample) }));
  const used = points(({ heapMb, externalMb }) => heapMb + externalMb);
  return [
    slope(`heap and buffers in use, per ${per}`, used, limits.heap, limits.enough),
    slope(
      `memory of the process, per ${per}`,
      points(({ rssMb }) => rssMb),
      limits.rss,
      limits.enough,
    ),
  ].filter((one) => one !== null);
}

function minutes({ atMs }: ReconnectSample, first: ReconnectSample): number {
  return (atMs - first.atMs) / 60_000;
}

/** `null` when there is too little to say anything. */
function slope(
  what: string,
  points: readonly Point[],
  limitKb: number,
  enough: number,
): Slope | null {
  const last = points.at(-1)?.x ?? 0;
  const warm = points.filter(({ x }) => x >= last * WARM_UP);
  if (new Set(warm.map(({ x }) => x)).size < 3) {
    return null;
  }
  const { slope: mb } = fitLine(warm);
  const kb = {
    value: mb.value * KB_PER_MB,
    low: mb.low * KB_PER_MB,
    high: mb.high * KB_PER_MB,
  };
  const judged = last >= enough;
  return { what, kb, limitKb, judged, ok: !judged || kb.low <= limitKb, points: warm.length };
}

function problemsOfCalls({ processesLeft, connectionsLeft, failed }: CallsRun): string[] {
  return [
    ...(failed > 0 ? [`In ${failed} calls nothing was heard of the agent.`] : []),
    ...(processesLeft > 0 ? [`${processesLeft} processes of ended calls are left.`] : []),
    ...(connectionsLeft > 0 ? [`${connectionsLeft} connections of ended calls are left.`] : []),
  ];
}

function problemsOfCut({ peakOpen, leftOpen }: ReconnectRun): string[] {
  return [
    ...(peakOpen > 1 ? [`One call had ${peakOpen} connections at once.`] : []),
    ...(leftOpen > 0 ? [`${leftOpen} connections are left of the call that was cut.`] : []),
  ];
}
