import { cpus } from 'node:os';
import { sampleTree, type ProcessSample } from '../bench/process-tree.js';
import type { CapacityPieces } from './pieces.js';

/** Who uses the machine. `callers` is this process: in production it is the callers' own machines. */
export const PARTS = ['worker', 'calls', 'idle', 'livekit', 'simulator', 'callers'] as const;
export type Part = (typeof PARTS)[number];

/** Megabytes, as the proportional set size, which adds up. */
export interface MemoryUse {
  /** The worker's main process, and its inference process if there is one. */
  readonly workerMb: number;
  /** One process that waits for a call. */
  readonly idleMb: number;
  /** Each call's process, and the same as resident memory, which counts twice what processes share. */
  readonly callsMb: readonly number[];
  readonly callsRssMb: readonly number[];
}

/** What each part has used so far. */
export interface UsageSnapshot {
  /** In `performance.now()`. */
  readonly atMs: number;
  readonly cpuMs: Readonly<Record<Part, number>>;
  /** Of all cores: time in which they did something, and all time. */
  readonly machine: { readonly busyMs: number; readonly allMs: number };
  readonly memory: MemoryUse;
}

/** Looks at every process of the stack. Those of LiveKit only when it runs as a program of ours. */
export async function usageOf(pieces: CapacityPieces): Promise<UsageSnapshot> {
  const { livekit, simulator, agent } = pieces;
  const [{ main, inference, calls, idle }, server, model] = await Promise.all([
    agent.processes(),
    livekit.pid === undefined ? [] : sampleTree(livekit.pid),
    sampleTree(simulator.pid),
  ]);
  const own = process.cpuUsage();
  const pssMb = (one: ProcessSample): number => one.memory.pssMb;
  return {
    atMs: performance.now(),
    cpuMs: {
      worker: cpuOf([main, ...inference]),
      calls: cpuOf(calls),
      idle: cpuOf(idle),
      livekit: cpuOf(server),
      simulator: cpuOf(model),
      callers: (own.user + own.system) / 1000,
    },
    machine: machineTimes(),
    memory: {
      workerMb: sum([main, ...inference].map(pssMb)),
      idleMb: idle.length === 0 ? 0 : sum(idle.map(pssMb)) / idle.length,
      callsMb: calls.map(pssMb),
      callsRssMb: calls.map(({ memory }) => memory.rssMb),
    },
  };
}

/** What was used between two snapshots. */
export interface Usage {
  /** In cores: 0.5 is half of one. */
  readonly cores: Readonly<Record<Part, number>>;
  /** How much of the machine was used, from 0 to 1, whoever did. */
  readonly machineShare: number;
}

export function usageBetween(from: UsageSnapshot, to: UsageSnapshot): Usage {
  const lastedMs = to.atMs - from.atMs;
  const share = (part: Part): number => Math.max(0, to.cpuMs[part] - from.cpuMs[part]) / lastedMs;
  return {
    cores: {
      worker: share('worker'),
      calls: share('calls'),
      idle: share('idle'),
      livekit: share('livekit'),
      simulator: share('simulator'),
      callers: share('callers'),
    },
    machineShare:
      (to.machine.busyMs - from.machine.busyMs) / (to.machine.allMs - from.machine.allMs),
  };
}

function machineTimes(): UsageSnapshot['machine'] {
  const times = cpus().map((cpu) => cpu.times);
  const allMs = sum(times.flatMap((one) => Object.values(one)));
  return { allMs, busyMs: allMs - sum(times.map(({ idle }) => idle)) };
}

function cpuOf(processes: readonly ProcessSample[]): number {
  return sum(processes.map(({ cpuMs }) => cpuMs));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
