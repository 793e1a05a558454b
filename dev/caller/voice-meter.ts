import { Waiters } from './waiters.js';

export interface VoiceMeterOptions {
  /** Root mean square, on the 16-bit scale, from which a frame counts as voice. 300 is −41 dBFS. */
  readonly thresholdRms?: number;
  /** Silences up to this long belong to the span of voice around them. */
  readonly hangoverMs?: number;
  /** Told of every frame: whether it is voice, and how long it is. */
  readonly onFrame?: (isVoice: boolean, frameMs: number) => void;
}

/** A stretch of voice. Times are `performance.now()` at arrival. */
export interface VoiceSpan {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Voice within the span, pauses left out. */
  readonly heardMs: number;
}

/** A moment to measure from. */
export interface VoiceMark {
  readonly atMs: number;
  readonly heardMs: number;
}

/**
 * Measures how much voice is heard, and when. What counts is the energy of each frame, so it says that something was
 * audible, not what. Durations are counted in samples, moments by the clock.
 */
export class VoiceMeter {
  readonly #thresholdRms: number;
  readonly #hangoverMs: number;
  readonly #onFrame: (isVoice: boolean, frameMs: number) => void;
  readonly #waiters = new Waiters();
  readonly #spans: VoiceSpan[] = [];
  #heardMs = 0;
  #receivedMs = 0;
  #quietMs = 0;
  #trackEndedAtMs: number | undefined;

  constructor(options: VoiceMeterOptions = {}) {
    this.#thresholdRms = options.thresholdRms ?? 300;
    this.#hangoverMs = options.hangoverMs ?? 300;
    this.#onFrame = options.onFrame ?? ((): void => undefined);
  }

  /** Voice heard so far, pauses left out. */
  get heardMs(): number {
    return this.#heardMs;
  }

  /** Audio received so far, silence included. */
  get receivedMs(): number {
    return this.#receivedMs;
  }

  /** Silence since the last voice; while there is no track, by the clock. */
  get quietMs(): number {
    return this.#quietMs + this.#trackGoneMs(performance.now());
  }

  /** Every stretch of voice so far, the current one last. */
  get spans(): readonly VoiceSpan[] {
    return this.#spans;
  }

  /** When voice was last heard. */
  get lastVoiceAtMs(): number | undefined {
    return this.#spans.at(-1)?.endedAtMs;
  }

  mark(atMs = performance.now()): VoiceMark {
    return { atMs, heardMs: this.#heardMs };
  }

  /** Voice heard since `mark`. */
  heardSinceMs(mark: VoiceMark): number {
    return this.#heardMs - mark.heardMs;
  }

  /** Takes the next frame: mono 16-bit samples that arrived at `atMs`. */
  push(samples: Int16Array, sampleRate: number, atMs = performance.now()): void {
    const frameMs = (samples.length / sampleRate) * 1000;
    this.#quietMs += this.#trackGoneMs(atMs);
    this.#trackEndedAtMs = undefined;
    this.#receivedMs += frameMs;
    const isVoice = rms(samples) >= this.#thresholdRms;
    if (isVoice) {
      this.#addVoice(frameMs, atMs);
    } else {
      this.#quietMs += frameMs;
    }
    this.#onFrame(isVoice, frameMs);
    this.#waiters.changed();
  }

  /** The track went away: it is quiet until another track's frames come, as on a reconnect. */
  trackEnded(atMs = performance.now()): void {
    this.#trackEndedAtMs ??= atMs;
  }

  /** Nothing will be heard any more: what still waits fails, giving `why`. */
  close(why: string): void {
    this.#waiters.end(why);
  }

  /**
   * Waits until `heardMs` of voice came after `since`, and says when the first of it came. Less than 60 ms may be a click.
   *
   * @throws WaitFailedError
   */
  waitForVoice(options: {
    readonly timeoutMs: number;
    readonly since?: VoiceMark;
    readonly heardMs?: number;
  }): Promise<number> {
    const { timeoutMs, since = this.mark(), heardMs = 60 } = options;
    return this.#waiters.until(
      () => (this.heardSinceMs(since) >= heardMs ? this.#firstVoiceAfter(since.atMs) : undefined),
      {
        timeoutMs,
        awaited: `${heardMs} ms of voice`,
        seen: () => `heard ${Math.round(this.heardSinceMs(since))} ms, ${this.#received()}`,
      },
    );
  }

  /**
   * Waits until nothing but silence was heard for `quietMs`.
   *
   * @throws WaitFailedError
   */
  async waitForQuiet({
    quietMs,
    timeoutMs,
  }: {
    quietMs: number;
    timeoutMs: number;
  }): Promise<void> {
    // Without a track no frame comes to say that time has passed.
    const clock = setInterval(() => this.#waiters.changed(), 20);
    try {
      await this.#waiters.until(() => (this.quietMs >= quietMs ? true : undefined), {
        timeoutMs,
        awaited: `${quietMs} ms of silence`,
        seen: () => `silent for ${Math.round(this.quietMs)} ms, ${this.#received()}`,
      });
    } finally {
      clearInterval(clock);
    }
  }

  #addVoice(frameMs: number, atMs: number): void {
    const last = this.#spans.at(-1);
    if (last !== undefined && this.#quietMs <= this.#hangoverMs) {
      this.#spans[this.#spans.length - 1] = {
        ...last,
        endedAtMs: atMs,
        heardMs: last.heardMs + frameMs,
      };
    } else {
      this.#spans.push({ startedAtMs: atMs, endedAtMs: atMs, heardMs: frameMs });
    }
    this.#heardMs += frameMs;
    this.#quietMs = 0;
  }

  #firstVoiceAfter(atMs: number): number | undefined {
    const span = this.#spans.find(({ endedAtMs }) => endedAtMs >= atMs);
    return span === undefined ? undefined : Math.max(span.startedAtMs, atMs);
  }

  #trackGoneMs(nowMs: number): number {
    return this.#trackEndedAtMs === undefined ? 0 : Math.max(0, nowMs - this.#trackEndedAtMs);
  }

  #received(): string {
    const track = this.#trackEndedAtMs === undefined ? 'the track is there' : 'the track has ended';
    return this.#receivedMs === 0
      ? 'no audio arrived at all'
      : `${track}, ${Math.round(this.#receivedMs)} ms of audio arrived in all`;
  }
}

function rms(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
