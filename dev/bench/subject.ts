import { availableParallelism } from 'node:os';
import { waitUntil } from '../stack/deadline.js';
import type { Worker } from '../stack/index.js';
import { sampleTree, type ProcessSample } from './process-tree.js';

export type SubjectName = 'ours' | 'bare';

/** A worker's processes, by what they do. */
export interface WorkerProcesses {
  readonly main: ProcessSample;
  readonly inference: readonly ProcessSample[];
  /** Job processes that carry a call. */
  readonly calls: readonly ProcessSample[];
  /** Job processes that wait for one. */
  readonly idle: readonly ProcessSample[];
}

/** What `start` keeps warm (agents 1.9.0); neither agent sets another number. */
const WARM = Math.min(availableParallelism(), 4);
/** On a processor for less than this share of a second: nothing is being started or ended any more. */
const QUIET_CPU_MS = 60;
const LOOK_EVERY_MS = 1000;

/** One of the agents that are compared: its worker, and what its processes do. */
export class Subject {
  readonly name: SubjectName;
  readonly worker: Worker;

  constructor(name: SubjectName, worker: Worker) {
    this.name = name;
    this.worker = worker;
  }

  async processes(): Promise<WorkerProcesses> {
    const tree = await sampleTree(this.worker.pid);
    const main = tree.find(({ kind }) => kind === 'main');
    if (main === undefined) {
      throw new Error(`${this.name}: the worker has ended:\n${this.worker.output().slice(-2000)}`);
    }
    const carriers = this.#carriers();
    const jobs = tree.filter(({ kind }) => kind === 'job');
    return {
      main,
      inference: tree.filter(({ kind }) => kind === 'inference'),
      calls: jobs.filter(({ pid }) => carriers.has(pid)),
      idle: jobs.filter(({ pid }) => !carriers.has(pid)),
    };
  }

  /** Waits until no call is left, the warm processes are there, and nothing is busy. */
  async settle(signal?: AbortSignal): Promise<void> {
    let before = Number.NEGATIVE_INFINITY;
    let seen = '';
    await waitUntil(
      async () => {
        const { main, inference, calls, idle } = await this.processes();
        const cpuMs = sum([main, ...inference, ...idle].map((one) => one.cpuMs));
        const spentMs = Math.abs(cpuMs - before);
        before = cpuMs;
        seen = `${calls.length} with a call, ${idle.length} of ${WARM} idle, ${spentMs} ms of CPU in a second`;
        return calls.length === 0 && idle.length >= WARM && spentMs < QUIET_CPU_MS;
      },
      { deadlineMs: 60_000, what: `${this.name}'s rest`, everyMs: LOOK_EVERY_MS, signal },
    ).catch((cause: unknown) => {
      throw new Error(`${String(cause)}; last seen: ${seen}`, { cause });
    });
  }

  /** Each process that has ever logged for a job; the framework puts the job's id on those lines. */
  #carriers(): Set<number> {
    const pids = new Set<number>();
    for (const { jobID, pid } of this.worker.lines()) {
      if (typeof jobID === 'string' && typeof pid === 'number') {
        pids.add(pid);
      }
    }
    return pids;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
