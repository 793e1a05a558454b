import type { AudioFrame } from '@livekit/rtc-node';
import type { ServerEvent } from './server-event.js';

export interface HearingWatchOptions {
  /** So much of the caller's voice, and nothing from the service, and it is asked whether it listens. */
  readonly voiceMs: number;
  /** What the service has, after that much voice, to say something by itself. */
  readonly quietMs: number;
  /** For any answer to the question. */
  readonly answerMs: number;
}

/** In all under 7 s, by when a dead service must be noticed (peers-under-faults facts, 7). */
export const DEFAULT_HEARING_WATCH: HearingWatchOptions = {
  voiceMs: 300,
  quietMs: 3_000,
  answerMs: 3_000,
};

/** What becomes of the question whether the service listens. */
export interface HearingOwner {
  /** Puts the question. */
  ask(): void;
  /** There was no answer. */
  deaf(): void;
  /** There was one, and not a word of the caller whose voice led to it. */
  unheard(): void;
  /** The service hears the caller begin. */
  heard(): void;
}

/** Louder than a quiet room; a voice at a microphone is three to ten times as loud. Of 32,767. */
const VOICE_PEAK = 1_000;
/** Every eighth sample tells as much of a peak as all of them. */
const STRIDE = 8;

/** What a service says that listens. Anything else it may say by itself, and hear nothing. */
const LISTENS = /^(input_audio_buffer|conversation\.item|response)\./;

/**
 * Notices that a service which answers pings has stopped listening: while the caller's voice goes out, or after it had
 * begun to hear them and they have fallen silent, nothing comes back, not even an answer to a question. Noise makes it
 * ask, and an answer makes it rest: it costs one small event.
 */
export class HearingWatch {
  readonly #options: HearingWatchOptions;
  readonly #owner: HearingOwner;
  #voiceMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;
  /** How long the caller has been silent in a turn that the service has begun to hear. */
  #silentMs: number | undefined;

  constructor(options: HearingWatchOptions, owner: HearingOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  /** A piece of the caller's audio goes out. */
  sent(frame: AudioFrame): void {
    if (this.#timer) {
      return;
    }
    const ms = (frame.samplesPerChannel / frame.sampleRate) * 1_000;
    if (isVoice(frame)) {
      this.#voiceMs += ms;
      this.#silentMs &&= 0;
      if (this.#voiceMs >= this.#options.voiceMs) {
        this.#timer = setTimeout(() => this.#question(), this.#options.quietMs);
      }
    } else if (this.#silentMs !== undefined) {
      this.#silentMs += ms;
      if (this.#silentMs >= this.#options.quietMs) {
        this.#silentMs = undefined;
        this.#question();
      }
    }
  }

  /** An event of the service arrived. @param isAnswer to the question */
  received({ type }: ServerEvent, isAnswer: boolean): void {
    if (LISTENS.test(type)) {
      const isHeard = type === 'input_audio_buffer.speech_started';
      this.#silentMs = isHeard ? 0 : undefined;
      this.#rest();
      if (isHeard) {
        this.#owner.heard();
      }
    } else if (isAnswer && this.#isAsking) {
      this.#rest();
      this.#owner.unheard();
    }
  }

  /** Nothing is watched any more. */
  stop(): void {
    this.#silentMs = undefined;
    this.#rest();
  }

  #question(): void {
    this.#isAsking = true;
    this.#timer = setTimeout(() => this.#owner.deaf(), this.#options.answerMs);
    this.#owner.ask();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isAsking = false;
    this.#voiceMs = 0;
  }
}

function isVoice({ data }: AudioFrame): boolean {
  for (let at = 0; at < data.length; at += STRIDE) {
    if (Math.abs(data[at] ?? 0) > VOICE_PEAK) {
      return true;
    }
  }
  return false;
}
