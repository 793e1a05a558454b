import type { ReplyTrouble, Undo } from './faults/fault.js';

type Direction = 'in' | 'out';

interface Troubled {
  readonly trouble: ReplyTrouble;
  left: number;
}

interface Alteration {
  readonly types: readonly string[];
  readonly change: (event: object) => readonly object[];
}

/** What faults have done to one connection's traffic. Everything can be undone, in any order. */
export class Impairment {
  readonly #silences = new Set<object>();
  readonly #holds = new Set<object>();
  readonly #blocks = new Set<{
    readonly direction: Direction;
    readonly types: readonly string[];
    left: number;
  }>();
  readonly #alterations = new Set<Alteration>();
  #replies: Troubled[] = [];
  #held: (() => void)[] = [];

  /** Whether an event of this type may pass; called once for each. */
  lets(direction: Direction, type: string): boolean {
    if (this.#silences.size > 0) {
      return false;
    }
    const block = [...this.#blocks].find(
      (one) => one.left > 0 && one.direction === direction && one.types.includes(type),
    );
    if (block) {
      block.left -= 1;
    }
    return block === undefined;
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

  block(direction: Direction, types: readonly string[], times = Number.POSITIVE_INFINITY): Undo {
    return addTo(this.#blocks, { direction, types, left: times });
  }

  alter(types: Alteration['types'], change: Alteration['change']): Undo {
    return addTo(this.#alterations, { types, change });
  }

  /** What is sent in place of an event; undefined when it is sent as it is. */
  altered(type: string, event: object): readonly object[] | undefined {
    return [...this.#alterations].find((one) => one.types.includes(type))?.change(event);
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
