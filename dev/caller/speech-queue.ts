import { deferred } from './waiters.js';

/** When a line was spoken, in `performance.now()`. */
export interface SpokenLine {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}

interface Line {
  readonly samples: Int16Array;
  offset: number;
  startedAtMs: number | undefined;
  readonly resolve: (line: SpokenLine) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Lines waiting to be spoken, cut into frames of one length. Between lines, and when there are none, it gives silence,
 * as a microphone does. Knows no clock: times are what `nextFrame` is told.
 */
export class SpeechQueue {
  readonly #frameSamples: number;
  #lines: Line[] = [];

  constructor(frameSamples: number) {
    this.#frameSamples = frameSamples;
  }

  /** Adds a line; resolves when its last sample left, or when it was stopped. */
  add(samples: Int16Array): Promise<SpokenLine> {
    const { promise, resolve, reject } = deferred<SpokenLine>();
    this.#lines.push({ samples, offset: 0, startedAtMs: undefined, resolve, reject });
    return promise;
  }

  /** Drops every line, also the one being spoken. */
  stop(atMs: number): void {
    for (const line of this.#take()) {
      line.resolve({ startedAtMs: line.startedAtMs ?? atMs, endedAtMs: atMs, stopped: true });
    }
  }

  /** Nothing can be spoken any more. */
  fail(error: Error): void {
    for (const line of this.#take()) {
      line.reject(error);
    }
  }

  /** The next frame, to be sent at `atMs`, in memory of its own. */
  nextFrame(atMs: number): Int16Array {
    const frame = new Int16Array(this.#frameSamples);
    const line = this.#lines[0];
    if (line === undefined) {
      return frame;
    }
    if (line.offset >= line.samples.length) {
      this.#lines.shift();
      line.resolve({ startedAtMs: line.startedAtMs ?? atMs, endedAtMs: atMs, stopped: false });
      return frame;
    }
    line.startedAtMs ??= atMs;
    frame.set(line.samples.subarray(line.offset, line.offset + this.#frameSamples));
    line.offset += this.#frameSamples;
    return frame;
  }

  #take(): Line[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
