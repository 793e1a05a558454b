/** What was heard of one reply, from its first sound to its last. */
export interface HeardReply {
  /** Voice, pauses left out. */
  readonly heardMs: number;
  /** Every silence between two sounds. */
  readonly pausesMs: readonly number[];
}

/** What was wrong with a reply as it was heard. */
export interface Damage {
  /** Silences that do not belong there, as much of each as is too long. */
  readonly gapsMs: readonly number[];
  /** What the listener missed or had to wait for, in all. */
  readonly lostMs: number;
}

/** A silence is a gap when it is longer by this than the longest pause of the line itself. */
export const GAP_MS = 60;
/** Coding moves the edges of words a little: less voice than this share less is a line that was cut. */
const CUT_SHARE = 0.1;

/** Collects what is heard of a reply, frame by frame, as a VoiceMeter tells it. Silence before and after does not count. */
export class ReplyMeter {
  #heardMs = 0;
  #silentMs = 0;
  #pausesMs: number[] = [];

  /** To be called for every frame that arrives. */
  frame(isVoice: boolean, frameMs: number): void {
    if (!isVoice) {
      this.#silentMs += frameMs;
      return;
    }
    if (this.#heardMs > 0 && this.#silentMs > 0) {
      this.#pausesMs.push(this.#silentMs);
    }
    this.#silentMs = 0;
    this.#heardMs += frameMs;
  }

  /** What was heard since the last time this was asked; begins anew. */
  take(): HeardReply {
    const heard = { heardMs: this.#heardMs, pausesMs: this.#pausesMs };
    this.#heardMs = 0;
    this.#silentMs = 0;
    this.#pausesMs = [];
    return heard;
  }
}

/** Compares a reply with the line it should be. */
export function damageOf(heard: HeardReply, line: HeardReply): Damage {
  const longestPauseMs = Math.max(0, ...line.pausesMs);
  const gapsMs = heard.pausesMs
    .map((pauseMs) => pauseMs - longestPauseMs)
    .filter((tooLongMs) => tooLongMs > GAP_MS);
  const missingMs = line.heardMs - heard.heardMs;
  const cutMs = missingMs > line.heardMs * CUT_SHARE ? missingMs : 0;
  // A gap in which words were lost is in both.
  return { gapsMs, lostMs: Math.max(cutMs, sum(gapsMs)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
