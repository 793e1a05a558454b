import type { ReplyTrouble, Undo } from './faults/fault.js';

type Direction = 'in' | 'out';

interface Troubled {
  readonly trouble: ReplyTrouble;
  left: number;
}

/** What faults have done to one connection's traffic. Everything can be undone, in any order. */
export class Impairment {
  readonly #silences = new Set<object>();
  readonly #holds = new Set<object>();
  readonly #blocks = new Set<{
    readonly direction: Direction;
    readonly types: readonly string[];
  }>();
  #replies: Troubled[] = [];
  #held: (() => void)[] = [];

  /** Whether an event of this type may pass. */
  lets(direction: Direction, type: string): boolean {
    return (
      this.#silences.size === 0 &&
      ![...this.#blocks].some((one) => one.direction === direction && one.types.includes(type))
    );
  }

  /** Sends now, or when output is no longer held, in order. */
  deliver(send: () => void): void {
    if (this.#holds.size > 0) {
      this.#held.push(send);
    } else {
      send();
    }
  }

  silence(): Undo {
    return addTo(this.#silences, {});
  }

  hold(): Undo {
    const release = addTo(this.#holds, {});
    return () => {
      release();
      if (this.#holds.size === 0) {
        const held = this.#held;
        this.#held = [];
        for (const send of held) {
          send();
        }
      }
    };
  }

  block(direction: Direction, types: readonly string[]): Undo {
    return addTo(this.#blocks, { direction, types });
  }

  troubleReplies(trouble: ReplyTrouble, times = Number.POSITIVE_INFINITY): Undo {
    const troubled = { trouble, left: times };
    this.#replies.push(troubled);
    return () => {
      this.#replies = this.#replies.filter((one) => one !== troubled);
    };
  }

  takeReplyTrouble(): ReplyTrouble | undefined {
    const next = this.#replies.find((one) => one.left > 0);
    if (next !== undefined) {
      next.left -= 1;
    }
    return next?.trouble;
  }
}

function addTo<T>(set: Set<T>, one: T): Undo {
  set.add(one);
  return () => {
    set.delete(one);
  };
}
