import { bytesToMs, samplesOf } from '../audio/pcm.js';
import { Vad, type VadSettings } from '../audio/vad.js';
import type { TurnDetection } from '../protocol/session-settings.js';

/** What came of some audio. */
export type SpeechEvent =
  | { readonly type: 'started'; readonly audioStartMs: number }
  | { readonly type: 'stopped'; readonly audioEndMs: number };

/** The input audio buffer: how much lies in it, and whether somebody speaks. The sound itself is not kept. */
export class InputAudio {
  readonly #vad = new Vad({ threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 });
  #bufferedMs = 0;
  #receivedMs = 0;

  /** Milliseconds not yet committed. */
  get bufferedMs(): number {
    return this.#bufferedMs;
  }

  /** Milliseconds received since the session began. */
  get receivedMs(): number {
    return this.#receivedMs;
  }

  get speaking(): boolean {
    return this.#vad.speaking;
  }

  append(bytes: Buffer, detection: TurnDetection | null): SpeechEvent[] {
    const ms = bytesToMs(bytes.length);
    this.#bufferedMs += ms;
    this.#receivedMs += ms;
    if (detection !== null) {
      this.#vad.settings = vadSettings(detection);
    }
    // The detector hears everything: its clock is the session's.
    const events = this.#vad.push(samplesOf(bytes));
    if (detection === null) {
      this.#vad.forget();
      return [];
    }
    return events;
  }

  /** Empties the buffer, and answers how much there was in milliseconds. */
  take(): number {
    const ms = this.#bufferedMs;
    this.#bufferedMs = 0;
    return ms;
  }

  clear(): void {
    this.#bufferedMs = 0;
    this.#vad.forget();
  }
}

/** How long a semantic detector waits; the service's own maxima are longer, since it understands the words. */
const eagernessMs = { low: 1200, medium: 800, auto: 800, high: 500 };

function vadSettings(detection: TurnDetection): VadSettings {
  return detection.type === 'server_vad'
    ? {
        threshold: detection.threshold,
        prefixPaddingMs: detection.prefix_padding_ms,
        silenceDurationMs: detection.silence_duration_ms,
      }
    : {
        threshold: 0.5,
        prefixPaddingMs: 300,
        silenceDurationMs: eagernessMs[detection.eagerness],
      };
}
