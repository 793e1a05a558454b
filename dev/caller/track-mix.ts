/**
 * One ear for several tracks: what they say at the same time is added up, so that two voices at once are not heard as
 * twice as long. The first track is the clock; frames of the others wait for its next one.
 */
export class TrackMix {
  readonly #waiting = new Map<string, Int16Array[]>();

  /** Takes the next frame of a track; gives what is heard now, when the track is the clock. */
  push(track: string, samples: Int16Array): Int16Array | undefined {
    const frames = this.#waiting.get(track) ?? [];
    this.#waiting.set(track, frames);
    const [clock] = this.#waiting.keys();
    if (track !== clock) {
      frames.push(samples);
      return undefined;
    }
    return this.#others(track).reduce(added, samples);
  }

  /** A track is gone; whether none is left. */
  remove(track: string): boolean {
    this.#waiting.delete(track);
    return this.#waiting.size === 0;
  }

  #others(clock: string): Int16Array[] {
    return [...this.#waiting].flatMap(([track, frames]) => {
      const next = track === clock ? undefined : frames.shift();
      return next === undefined ? [] : [next];
    });
  }
}

function added(sum: Int16Array, samples: Int16Array): Int16Array {
  return sum.map((value, index) =>
    Math.max(-32_768, Math.min(32_767, value + (samples[index] ?? 0))),
  );
}
