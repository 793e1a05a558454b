/** A frame of audio, as far as its length is concerned. */
interface Timed {
  readonly samplesPerChannel: number;
  readonly sampleRate: number;
}

/** A renewal takes a few hundred milliseconds. What is older than this is no longer what the caller is saying. */
const LONGEST_MS = 2_000;

/**
 * The caller's audio while a connection is renewed on purpose. It began in a quiet moment, so this is mostly silence; if
 * the caller begins to speak just then, the next connection hears their first words. Audio of an outage is not kept:
 * nobody wants to be answered late.
 */
export class AudioHold<Frame extends Timed> {
  #frames: Frame[] | undefined;
  #heldMs = 0;

  begin(): void {
    this.#frames = [];
    this.#heldMs = 0;
  }

  /** Keeps a frame, if frames are being held; lets go of everything when it takes too long. */
  keep(frame: Frame): void {
    this.#heldMs += (frame.samplesPerChannel / frame.sampleRate) * 1_000;
    if (this.#heldMs > LONGEST_MS) {
      this.#frames = undefined;
    }
    this.#frames?.push(frame);
  }

  /** Ends the holding and hands over what was held; nothing when nothing was. */
  release(): readonly Frame[] {
    const frames = this.#frames ?? [];
    this.#frames = undefined;
    return frames;
  }
}
