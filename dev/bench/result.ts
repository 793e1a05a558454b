import { loadNow, machineFacts } from './machine.js';
import type { MemorySample } from './process-tree.js';
import type { BothMeasured, Measured } from './run-bench.js';
import { median, ratioOfMedians, summarize, type Estimate, type Summary } from './statistics.js';
import type { WorkerProcesses } from './subject.js';

/** Ours and the bare agent's of one thing, and how they compare. */
export interface Compared {
  readonly ours: Summary;
  readonly bare: Summary;
  readonly ratio: Estimate;
}

/** What the benchmark found. Times in milliseconds, memory in megabytes. */
export interface BenchResult {
  readonly firstWordRatio: number | null;
  readonly heardRatio: number | null;
  readonly workerMemoryRatio: number | null;
  readonly callMemoryRatio: number | null;
  readonly cpuRatio: number | null;
  readonly firstWordMs: Compared;
  /** Medians of the steps on the way to the first word. */
  readonly firstWordSteps: Readonly<Record<'ours' | 'bare', Readonly<Record<string, number>>>>;
  readonly heardMs: Compared;
  /** A worker with one call and one idle process: proportional set size, which adds up. */
  readonly workerPssMb: Compared;
  /** One call's process. */
  readonly callPssMb: Compared;
  /** Medians by what a process is for. */
  readonly memory: Readonly<Record<'ours' | 'bare', Readonly<Record<string, MemorySample>>>>;
  readonly cpuMsPerCallMinute: Compared;
  readonly reopenedMs: Compared;
  readonly answeredMs: Compared;
  /** Of so many cuts, this many were followed by an answer to the caller's next words. */
  readonly answeredAfterCut: Readonly<Record<'ours' | 'bare', string>>;
  readonly machine: Readonly<Record<string, string | number>>;
}

/** What is aimed at, at most. */
export const GOALS = {
  firstWordRatio: 0.6,
  heardRatio: 1.02,
  workerMemoryRatio: 0.6,
  callMemoryRatio: 1,
} as const;

export function resultOf(measured: BothMeasured): BenchResult {
  const compare = (values: (of: Measured) => readonly number[]): Compared => {
    const [ours, bare] = [values(measured.ours), values(measured.bare)];
    return { ours: summarize(ours), bare: summarize(bare), ratio: ratioOfMedians(ours, bare) };
  };
  const both = <T>(read: (of: Measured) => T) => ({
    ours: read(measured.ours),
    bare: read(measured.bare),
  });
  const found = {
    firstWordMs: compare(({ firstWords }) => firstWords.map((one) => one.firstWordMs)),
    heardMs: compare(({ conversations }) => conversations.flatMap((one) => one.heardMs)),
    workerPssMb: compare(({ conversations }) =>
      conversations.map((one) => workerOf(one.processes)),
    ),
    callPssMb: compare((of) => memoryOf(of, 'calls').map(({ pssMb }) => pssMb)),
    cpuMsPerCallMinute: compare((of) => of.conversations.map((one) => one.cpuMsPerMinute)),
    reopenedMs: compare((of) => of.conversations.flatMap(({ cut }) => cut.reopenedMs ?? [])),
    answeredMs: compare((of) => of.conversations.flatMap(({ cut }) => cut.answeredMs ?? [])),
  };
  return {
    firstWordRatio: rounded(found.firstWordMs),
    heardRatio: rounded(found.heardMs),
    workerMemoryRatio: rounded(found.workerPssMb),
    callMemoryRatio: rounded(found.callPssMb),
    cpuRatio: rounded(found.cpuMsPerCallMinute),
    ...found,
    firstWordSteps: both(stepsOf),
    memory: both(memoryByKind),
    answeredAfterCut: both(({ conversations }) => {
      const answered = conversations.filter(({ cut }) => cut.answeredMs !== null);
      return `${answered.length} of ${conversations.length}`;
    }),
    machine: { ...machineFacts(), loadAverage: loadNow() },
  };
}

function workerOf({ main, inference, calls, idle }: WorkerProcesses): number {
  const onePssMb = (of: WorkerProcesses['calls']) => median(of.map(({ memory }) => memory.pssMb));
  const inferencePssMb = inference.reduce((total, { memory }) => total + memory.pssMb, 0);
  return main.memory.pssMb + inferencePssMb + onePssMb(calls) + onePssMb(idle);
}

function memoryOf(of: Measured, kind: 'main' | 'inference' | 'calls' | 'idle'): MemorySample[] {
  const all = [...of.conversations.map(({ processes }) => processes), ...of.furtherCalls];
  return all.flatMap((processes) => processes[kind]).map(({ memory }) => memory);
}

function memoryByKind(of: Measured): Record<string, MemorySample> {
  const kinds = ['main', 'inference', 'idle', 'calls'] as const;
  return Object.fromEntries(
    kinds.map((kind) => {
      const samples = memoryOf(of, kind);
      const middle = (read: (sample: MemorySample) => number) =>
        Math.round(samples.length === 0 ? 0 : median(samples.map(read)));
      const sample = {
        rssMb: middle(({ rssMb }) => rssMb),
        pssMb: middle(({ pssMb }) => pssMb),
        privateMb: middle(({ privateMb }) => privateMb),
      };
      return [kind, sample];
    }),
  );
}

function stepsOf({ firstWords }: Measured): Record<string, number> {
  const steps = [
    'joinedMs',
    'connectionAskedMs',
    'connectionOpenMs',
    'greetingAskedMs',
    'firstDeltaMs',
    'firstWordMs',
  ] as const;
  return Object.fromEntries(
    steps.map((step) => [step, Math.round(median(firstWords.map((one) => one[step])))]),
  );
}

/** `null` when it was not measured: JSON has no NaN. */
function rounded({ ratio }: Compared): number | null {
  return Number.isFinite(ratio.value) ? Math.round(ratio.value * 1000) / 1000 : null;
}
