import type { JournalEntry, Utterance } from './entry.js';

/** Both sides of a call, in the order in which they began to speak. */
export class Transcript {
  readonly #byItem = new Map<string, Utterance>();

  /**
   * Takes an utterance in; other entries are none of its business. A second text of the same item replaces
   * the first.
   */
  add(entry: JournalEntry): void {
    if (entry.type === 'utterance') {
      this.#byItem.set(entry.itemId, entry);
    }
  }

  get utterances(): readonly Utterance[] {
    return [...this.#byItem.values()].sort(
      (a, b) => Date.parse(a.saidAt) - Date.parse(b.saidAt) || a.seq - b.seq,
    );
  }
}
