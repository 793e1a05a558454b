import type { ConfigProblem } from '../config/config-error.js';
import { formatDuration } from '../config/durations.js';
import type { Config } from '../config/schema.js';
import { DEADLINES } from '../lifecycle/limits.js';
import { BESIDE_MS } from './beside-calls.js';

/** What the worker itself needs besides its calls: closing its pool, its health endpoint, its socket. */
const WORKER_CLOSING_MS = 5_000;

/** How long stopping takes at most, step by step, in milliseconds. */
export interface StopBudget {
  /** How long running calls may go on. */
  readonly drainMs: number;
  /** From then on to the end of the last call's process. LiveKit kills a process that takes longer. */
  readonly closingMs: number;
  /** From then on until the records of the last calls are finished and delivered, or left to the next worker. */
  readonly besideMs: number;
  /** From the first signal to the worker's end. */
  readonly totalMs: number;
}

/** @param closingMs how long one call may take to close: `closingMs` of the agent */
export function stopBudget(drainMs: number, closingMs: number): StopBudget {
  const allMs = closingMs + WORKER_CLOSING_MS;
  return { drainMs, closingMs: allMs, besideMs: BESIDE_MS, totalMs: drainMs + allMs + BESIDE_MS };
}

/** What contradicts itself in how the worker is stopped, or nothing. */
export function stopProblems(
  { worker }: Pick<Config, 'worker'>,
  { drainMs, closingMs, besideMs, totalMs }: StopBudget,
): ConfigProblem[] {
  const { stopGraceMs } = worker;
  if (stopGraceMs === undefined || stopGraceMs >= totalMs) {
    return [];
  }
  const spare = stopGraceMs - closingMs - besideMs;
  const lower =
    spare >= 1_000 ? `Set DRAIN_TIMEOUT to ${formatDuration(spare)} at most, or give` : 'Give';
  return [
    {
      variable: 'STOP_GRACE',
      problem:
        `is ${formatDuration(stopGraceMs)}, but stopping may take ${formatDuration(totalMs)}: ` +
        `DRAIN_TIMEOUT of ${formatDuration(drainMs)}, ${formatDuration(closingMs)} to close the last call, ` +
        `and ${formatDuration(besideMs)} for its records`,
      remedy: `${lower} the container ${formatDuration(totalMs)} to stop and set STOP_GRACE to that.`,
    },
  ];
}

/** How long a call may take that is accepted just before the worker is told to stop. `talkMs` of it are the conversation. */
export function longestCallMs({ limits }: Pick<Config, 'limits'>, talkMs: number): number {
  return DEADLINES.starting.ms + limits.callerJoinMs + talkMs + limits.wrapUpMs;
}

/** Why calls may be ended before their time when the worker is stopped, or undefined. Told, not refused: somebody may want that. */
export function cutShort({ drainMs }: StopBudget, longestMs: number): string | undefined {
  return drainMs >= longestMs
    ? undefined
    : `DRAIN_TIMEOUT is ${formatDuration(drainMs)}, but a call may take ${formatDuration(longestMs)}: when the worker is ` +
        'stopped, longer ones are ended as worker-shutdown';
}
