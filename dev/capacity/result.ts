import { machineFacts } from '../bench/machine.js';
import { quantile, summarize, type Summary } from '../bench/statistics.js';
import type { MeasuredStep } from './measure-step.js';
import { sizing, type SizingRow } from './sizing.js';
import type { Turn } from './talking-caller.js';
import type { Usage } from './usage.js';

/** When a step is too much. */
export const LIMITS = {
  /** Of the time in which the agent should be heard, the share that is lost: gaps, cut words, and sound that was made up. */
  lostShare: 0.01,
  /** The 95th percentile: from the caller's last sound to the agent's first. docs/operations.md has the same limit. */
  turnMs: 3000,
} as const;

/** One number of calls, and what it is like. Times in milliseconds, memory in megabytes. */
export interface CapacityStep {
  readonly calls: number;
  readonly ok: boolean;
  /** Why it is too much, in sentences; empty when it is not. */
  readonly problems: readonly string[];
  readonly firstWordMs: Summary;
  readonly turnMs: Summary;
  readonly turnP95Ms: number;
  /** Answers that were listened to, and how much sound they should be. */
  readonly answers: number;
  readonly speechMs: number;
  readonly gaps: number;
  readonly longestGapMs: number;
  /** Of the sound there should be, from 0 to 1: lost in gaps and cut words, and made up by the callers' clients. */
  readonly gapShare: number;
  readonly concealedShare: number;
  /** The same as `gapShare` while calls began. It is told, and is no limit. */
  readonly gapShareWhileJoining: number;
  readonly usage: Usage;
  readonly memory: {
    readonly workerMb: number;
    readonly idleMb: number;
    readonly callMb: Summary;
    readonly callRssMb: Summary;
  };
  readonly callLoopDelayMs: number | null;
  readonly ownLoopDelayMs: number;
}

export interface CapacityResult {
  /** The most calls that were held within the limits; 0 when one was too much. */
  readonly holds: number;
  /** The first number that was too much; null when the run ended before there was one. */
  readonly tooMany: number | null;
  readonly limits: typeof LIMITS;
  readonly steps: readonly CapacityStep[];
  readonly sizing: readonly SizingRow[];
  readonly machine: Readonly<Record<string, string | number>>;
}

/**
 * @param speechOfAnswerMs how much sound one answer should be
 * @param loadBefore the machine's load average before anything was started
 */
export function capacityResult(
  measured: readonly MeasuredStep[],
  speechOfAnswerMs: number,
  loadBefore: number,
): CapacityResult {
  const steps = measured.map((one) => judgedStep(one, speechOfAnswerMs));
  const firstBad = steps.findIndex(({ ok }) => !ok);
  const good = firstBad === -1 ? steps : steps.slice(0, firstBad);
  return {
    holds: good.at(-1)?.calls ?? 0,
    tooMany: steps[firstBad]?.calls ?? null,
    limits: LIMITS,
    steps,
    sizing: sizing(good),
    machine: { ...machineFacts(), loadBefore },
  };
}

/** Whether a step is within the limits, and the figures of it. */
export function judgedStep(measured: MeasuredStep, speechOfAnswerMs: number): CapacityStep {
  const { calls, turns, usage, callLoopDelayMs, ownLoopDelayMs } = measured;
  const { workerMb, idleMb, callsMb, callsRssMb } = measured.memory;
  const speechMs = turns.length * speechOfAnswerMs;
  const gapsMs = turns.flatMap(({ damage }) => damage.gapsMs);
  const gapShare = lostShare(turns, speechOfAnswerMs);
  const concealedShare = speechMs === 0 ? 0 : measured.concealedMs / speechMs;
  const turnP95Ms = quantile(
    turns.map(({ latencyMs }) => latencyMs),
    0.95,
  );
  const problems = [
    ...measured.problems,
    ...when(turns.length < calls, `Only ${turns.length} answers were heard in ${calls} calls.`),
    ...when(
      gapShare + concealedShare > LIMITS.lostShare,
      `${percent(gapShare + concealedShare)} of the agent’s speech was lost; ${percent(LIMITS.lostShare)} is the limit.`,
    ),
    ...when(
      turnP95Ms > LIMITS.turnMs,
      `An answer took ${Math.round(turnP95Ms)} ms (95th percentile); ${LIMITS.turnMs} is the limit.`,
    ),
  ];
  return {
    calls,
    ok: problems.length === 0,
    problems,
    firstWordMs: summarize(measured.firstWordsMs),
    turnMs: summarize(turns.map(({ latencyMs }) => latencyMs)),
    turnP95Ms,
    answers: turns.length,
    speechMs,
    gaps: gapsMs.length,
    longestGapMs: Math.max(0, ...gapsMs),
    gapShare,
    concealedShare,
    gapShareWhileJoining: lostShare(measured.turnsWhileJoining, speechOfAnswerMs),
    usage,
    memory: { workerMb, idleMb, callMb: summarize(callsMb), callRssMb: summarize(callsRssMb) },
    callLoopDelayMs,
    ownLoopDelayMs,
  };
}

/** "This machine holds 4 calls …", in one sentence. */
export function figure({ holds, tooMany, machine }: CapacityResult): string {
  const all = `with everything on it (${machine['cores']} cores)`;
  if (holds === 0) {
    return `This machine, ${all}, does not hold one call within the limits.`;
  }
  return tooMany === null
    ? `This machine holds at least ${holds} calls at once, ${all}; more were not tried.`
    : `This machine holds ${holds} calls at once, ${all}; ${tooMany} are too many.`;
}

/** As in "0.42 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function lostShare(turns: readonly Turn[], speechOfAnswerMs: number): number {
  const lostMs = turns.reduce((total, { damage }) => total + damage.lostMs, 0);
  return turns.length === 0 ? 0 : lostMs / (turns.length * speechOfAnswerMs);
}

function when(condition: boolean, problem: string): string[] {
  return condition ? [problem] : [];
}
