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
  /** Job processes whose call was over before. */
  readonly over: readonly ProcessSample[];
  /** Job processes that wait for a call. */
  readonly idle: readonly ProcessSample[];
}

/** So many warm processes at least: the next call finds one. */
const WARM = 1;
/** On a processor for less than this share of a second: nothing is being started or ended any more. */
const QUIET_CPU_MS = 60;
const LOOK_EVERY_MS = 1000;

/** One of the agents that are compared: its worker, and what its processes do. */
export class Subject {
  readonly name: SubjectName;
  readonly worker: Worker;
  /** Job processes whose calls are over. Some stay for a while: the framework waits for what the agent may still do. */
  readonly #over = new Set<number>();

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
      calls: jobs.filter(({ pid }) => carriers.has(pid) && !this.#over.has(pid)),
      over: jobs.filter(({ pid }) => this.#over.has(pid)),
      idle: jobs.filter(({ pid }) => !carriers.has(pid)),
    };
  }

  /**
   * Waits until the warm processes are there and nothing is busy. Whatever still carries a call then is taken for one that
   * is over: to be called when there is none.
   */
  async settle(signal?: AbortSignal): Promise<void> {
    let before = Number.NEGATIVE_INFINITY;
    let seen = '';
    await waitUntil(
      async () => {
        const { main, inference, calls, idle } = await this.processes();
        const cpuMs = sum([main, ...inference, ...idle, ...calls].map((one) => one.cpuMs));
        const spentMs = Math.abs(cpuMs - before);
        before = cpuMs;
        seen = `${calls.length} with a call, ${idle.length} of ${WARM} idle, ${spentMs} ms of CPU in a second`;
        return idle.length >= WARM && spentMs < QUIET_CPU_MS;
      },
      { deadlineMs: 60_000, what: `${this.name}'s rest`, everyMs: LOOK_EVERY_MS, signal },
    ).catch((cause: unknown) => {
      throw new Error(`${String(cause)}; last seen: ${seen}`, { cause });
    });
    this.#carriers().forEach((pid) => this.#over.add(pid));
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
