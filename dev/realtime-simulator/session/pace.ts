import { setTimeout as sleep } from 'node:timers/promises';
import { demoLatencies, type Latencies } from '../options.js';

/** Waits as long as the settings say. */
export class Pace {
  readonly latencies: Latencies;

  constructor(latencies: Partial<Latencies> = {}) {
    this.latencies = { ...demoLatencies, ...latencies };
  }

  /** `ms` and some jitter. Rejects with AbortError as soon as `signal` is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const whole = ms + Math.random() * this.latencies.jitterMs;
    if (whole > 0) {
      await sleep(whole, undefined, { signal });
    }
  }

  /** The time between two bursts that hold `audioMs` each. */
  async betweenBursts(audioMs: number, signal: AbortSignal): Promise<void> {
    await this.wait(audioMs / this.latencies.paceFactor, signal);
  }
}

/** Never settles but by the abort of `signal`, with an AbortError. */
export async function forever(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Closed.', 'AbortError')), {
      once: true,
    });
  });
}

/** Runs a task nobody waits for. Its end by abort is the normal one; anything else is a defect of the simulator. */
export function runUntilClosed(task: Promise<void>): void {
  task.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'AbortError') {
      console.error('The simulator failed:', error);
    }
  });
}
