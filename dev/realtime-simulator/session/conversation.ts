import { refuse } from '../protocol/errors.js';
import type { Item } from '../protocol/items.js';

/** The items of one conversation, in order, with the length of what the model spoke in each. */
export class Conversation {
  readonly #items: Item[] = [];
  readonly #spokenMs = new Map<string, number>();

  get items(): readonly Item[] {
    return this.#items;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  /** Puts an item at the end and answers the id before it. */
  append(item: Item): string | null {
    return this.insert(item, undefined);
  }

  /**
   * Puts an item behind `previousId` ('root' is the beginning, nothing is the end) and answers the id before it.
   * @throws RefusedEvent when the id is taken, or the previous item is unknown.
   */
  insert(item: Item, previousId: string | null | undefined): string | null {
    if (this.#items.some((one) => one.id === item.id)) {
      throw refuse.duplicateItem(item.id);
    }
    const at = this.#placeBehind(previousId);
    this.#items.splice(at, 0, item);
    return this.#items[at - 1]?.id ?? null;
  }

  find(verb: 'truncate' | 'retrieve', id: string): Item {
    const found = this.#items.find((one) => one.id === id);
    if (found === undefined) {
      throw refuse.unknownItem(verb, id);
    }
    return found;
  }

  delete(id: string): void {
    const at = this.#items.findIndex((one) => one.id === id);
    if (at < 0) {
      throw refuse.unknownItem('delete', id);
    }
    this.#items.splice(at, 1);
  }

  /** Notes that the model's item `id` now holds `ms` of speech. */
  spoken(id: string, ms: number): void {
    this.#spokenMs.set(id, ms);
  }

  /**
   * Cuts the model's speech at what the caller heard. The transcript goes with it, as the service does: the model
   * must not believe the caller heard it all.
   * @throws RefusedEvent when the item is not the model's speech, or already shorter.
   */
  truncate(id: string, audioEndMs: number): void {
    const item = this.find('truncate', id);
    const hasMs = this.#spokenMs.get(id);
    if (item.type !== 'message' || item.role !== 'assistant' || hasMs === undefined) {
      throw refuse.notTruncatable();
    }
    if (audioEndMs > hasMs) {
      throw refuse.alreadyShorter(Math.floor(hasMs), audioEndMs);
    }
    this.#spokenMs.set(id, audioEndMs);
    item.content = [{ type: 'output_audio' }];
  }

  #placeBehind(previousId: string | null | undefined): number {
    if (previousId === 'root') {
      return 0;
    }
    if (previousId === undefined || previousId === null) {
      return this.#items.length;
    }
    const at = this.#items.findIndex((one) => one.id === previousId);
    if (at < 0) {
      throw refuse.unknownPrevious(previousId);
    }
    return at + 1;
  }
}

/** How many turns the caller has had. */
export function countUserTurns(items: readonly Item[]): number {
  return items.filter((item) => item.type === 'message' && item.role === 'user').length;
}
