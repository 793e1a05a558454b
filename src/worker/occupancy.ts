import type { ChildProcess } from 'node:child_process';
import { announcedCall } from '../lifecycle/call-announcement.js';
import { watchChildProcesses } from './child-processes.js';

/**
 * An accepted job whose process never said that it began is given up after this long: the server lets an assignment
 * wait 7.5 s, and a cold job process needs a few seconds more.
 */
const RESERVATION_MS = 30_000;

/**
 * How many calls this worker carries, exactly. A call counts from the moment its job is accepted until its process is
 * gone. (`worker.activeJobs` cannot be used: in `dev`, finished jobs never leave it, and once it is full every later
 * caller is refused in silence; self-hosting facts, 7.)
 */
export class Occupancy {
  readonly maxCalls: number;
  readonly #live = new Set<string>();
  readonly #reserved = new Map<string, NodeJS.Timeout>();

  constructor(maxCalls: number) {
    this.maxCalls = maxCalls;
  }

  get calls(): number {
    return this.#live.size + this.#reserved.size;
  }

  /** Takes a place for a call, or answers false when all are taken. */
  reserve(callId: string): boolean {
    if (this.calls >= this.maxCalls) {
      return false;
    }
    const timer = setTimeout(() => this.#reserved.delete(callId), RESERVATION_MS);
    timer.unref();
    this.#reserved.set(callId, timer);
    return true;
  }

  /** Begins to watch the child processes that this process starts; answers how to stop. */
  watch(): () => void {
    return watchChildProcesses((child) => this.#follow(child));
  }

  #follow(child: ChildProcess): void {
    child.on('message', (message) => {
      const callId = announcedCall(message);
      if (callId === undefined) {
        return;
      }
      clearTimeout(this.#reserved.get(callId));
      this.#reserved.delete(callId);
      this.#live.add(callId);
      child.once('exit', () => this.#live.delete(callId));
    });
  }
}
