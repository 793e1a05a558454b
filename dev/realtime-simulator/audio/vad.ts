import { sampleRate } from './pcm.js';

/** As the session's `turn_detection` says them. */
export interface VadSettings {
  /** 0 to 1; scales the energy that counts as speech. */
  readonly threshold: number;
  readonly prefixPaddingMs: number;
  readonly silenceDurationMs: number;
}

/** Times are counted in audio received since the session began. */
export type VadEvent =
  | { readonly type: 'started'; readonly audioStartMs: number }
  | { readonly type: 'stopped'; readonly audioEndMs: number };

const windowMs = 20;
const windowSamples = (sampleRate / 1000) * windowMs;
/** Energy (root mean square of 16-bit samples) of speech at a threshold of 1; 500 at the default of 0.5. */
const fullThresholdRms = 1000;
/** Shorter noises are no speech. */
const confirmMs = 100;
/** Gaps inside the confirming stretch: a word has closures of this length. */
const forgivenMs = 60;

/**
 * Finds speech by its energy. Deterministic: the same samples give the same events, however they were cut.
 * It takes a loud noise for speech; the service's own detector does not.
 */
export class Vad {
  #settings: VadSettings;
  #windowEnergy = 0;
  #windowFill = 0;
  #receivedMs = 0;
  #speaking = false;
  #loudMs = 0;
  #quietMs = 0;
  #loudSinceMs = 0;
  #stoppedAtMs = 0;

  constructor(settings: VadSettings) {
    this.#settings = settings;
  }

  /** Whether somebody is speaking now. */
  get speaking(): boolean {
    return this.#speaking;
  }

  /** Takes effect with the next sample; what was heard so far stays. */
  set settings(settings: VadSettings) {
    this.#settings = settings;
  }

  /** Forgets speech that has begun, as when the buffer is cleared; the clock goes on. */
  forget(): void {
    this.#speaking = false;
    this.#loudMs = 0;
    this.#quietMs = 0;
  }

  /** Takes PCM16 mono samples and answers what they begin or end. */
  push(samples: Int16Array): VadEvent[] {
    const events: VadEvent[] = [];
    for (const sample of samples) {
      this.#windowEnergy += sample * sample;
      this.#windowFill += 1;
      if (this.#windowFill === windowSamples) {
        const event = this.#hear(Math.sqrt(this.#windowEnergy / windowSamples));
        this.#windowEnergy = 0;
        this.#windowFill = 0;
        if (event !== undefined) {
          events.push(event);
        }
      }
    }
    return events;
  }

  #hear(rms: number): VadEvent | undefined {
    const loud = rms > Math.max(50, this.#settings.threshold * fullThresholdRms);
    if (loud && this.#loudMs === 0) {
      this.#loudSinceMs = this.#receivedMs;
    }
    this.#receivedMs += windowMs;
    this.#quietMs = loud ? 0 : this.#quietMs + windowMs;
    if (loud) {
      this.#loudMs += windowMs;
    } else if (!this.#speaking && this.#quietMs > forgivenMs) {
      this.#loudMs = 0;
    }
    return this.#speaking ? this.#maybeStop() : this.#maybeStart();
  }

  #maybeStart(): VadEvent | undefined {
    if (this.#loudMs < confirmMs) {
      return undefined;
    }
    this.#speaking = true;
    const padded = this.#loudSinceMs - this.#settings.prefixPaddingMs;
    return { type: 'started', audioStartMs: Math.max(this.#stoppedAtMs, padded, 0) };
  }

  #maybeStop(): VadEvent | undefined {
    if (this.#quietMs < this.#settings.silenceDurationMs) {
      return undefined;
    }
    this.forget();
    this.#stoppedAtMs = this.#receivedMs;
    return { type: 'stopped', audioEndMs: this.#receivedMs };
  }
}
