import { z } from 'zod';
import type { ServerEvent } from './server-event.js';

/** More than any reply has parts; what is older is not repeated by mistake. */
const REMEMBERED = 500;

const part = z.looseObject({
  response: z.looseObject({ id: z.string() }).optional(),
  response_id: z.string().optional(),
  item: z.looseObject({ id: z.string() }).optional(),
  item_id: z.string().optional(),
  content_index: z.number().optional(),
});

/**
 * Finds events that came before, on one connection. The plugin begins a reply, or a part of one, each time it is told to:
 * of two that are the same it plays the one that is never filled, and waits for ever.
 */
export class Duplicates {
  readonly #seen = new Set<string>();
  #last = '';

  /** Whether it came before: as the same frame twice in a row, or as the beginning or end of a reply's same part. */
  has(event: ServerEvent, text: string): boolean {
    const isRepeated = text === this.#last && 'event_id' in event;
    this.#last = text;
    return isRepeated || this.#isKnown(event);
  }

  #isKnown(event: ServerEvent): boolean {
    const key = keyOf(event);
    if (key === undefined) {
      return false;
    }
    if (this.#seen.has(key)) {
      return true;
    }
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED && oldest !== undefined) {
      this.#seen.delete(oldest);
    }
    return false;
  }
}

/** What only happens once; `undefined` for everything else. */
function keyOf(event: ServerEvent): string | undefined {
  const { type } = event;
  if (!type.startsWith('response.') || !/\.(created|added|done)$/.test(type)) {
    return undefined;
  }
  const { data } = part.safeParse(event);
  const response = data?.response?.id ?? data?.response_id;
  const item = data?.item?.id ?? data?.item_id;
  return response === undefined ? undefined : [type, response, item, data?.content_index].join(' ');
}
