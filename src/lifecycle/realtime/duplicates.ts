import { z } from 'zod';
import type { ServerEvent } from './server-event.js';

/** More than any reply has parts; what is older is not repeated by mistake. */
const REMEMBERED = 500;
const BEGINNING = 'response.created';

const part = z.looseObject({
  response: z.looseObject({ id: z.string() }).optional(),
  response_id: z.string().optional(),
  item: z
    .looseObject({ id: z.string(), type: z.string().optional(), call_id: z.string().optional() })
    .optional(),
  item_id: z.string().optional(),
  content_index: z.number().optional(),
});

/**
 * Finds events that came before, on one connection. The plugin begins a reply, or a part of one, each time it is told to:
 * of two that are the same it plays the one that is never filled, and waits for ever.
 */
export class Duplicates {
  /** What has happened, and to which reply. */
  readonly #seen = new Map<string, string>();
  readonly #ended = new Set<string>();
  #last = '';

  /** Whether it came before: as the same frame twice in a row, or as the beginning or end of a reply's same part. */
  has(event: ServerEvent, text: string): boolean {
    const isRepeated = text === this.#last && 'event_id' in event;
    this.#last = text;
    if (event.type === 'input_audio_buffer.committed') {
      this.replyExpected();
    }
    return isRepeated || this.#isKnown(event);
  }

  /** Another reply is to begin, perhaps under the id of one that has ended: some services count from the beginning. */
  replyExpected(): void {
    for (const [key, response] of this.#seen) {
      if (this.#ended.has(response)) {
        this.#seen.delete(key);
      }
    }
    this.#ended.clear();
  }

  #isKnown(event: ServerEvent): boolean {
    const { key, response } = keyOf(event) ?? {};
    if (key === undefined || response === undefined) {
      return false;
    }
    if (event.type === 'response.done') {
      if (!this.#seen.has(`${BEGINNING} ${response}`)) {
        return false; // Of a reply that may yet begin, and end then.
      }
      this.#ended.add(response);
    }
    if (this.#seen.has(key)) {
      return true;
    }
    this.#seen.set(key, response);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > REMEMBERED && oldest !== undefined) {
      this.#seen.delete(oldest);
    }
    return false;
  }
}

/** What only happens once, and to which reply; `undefined` for everything else. */
function keyOf(event: ServerEvent): { key: string; response: string } | undefined {
  const { type } = event;
  if (!type.startsWith('response.') || !/\.(created|added|done)$/.test(type)) {
    return undefined;
  }
  const { data } = part.safeParse(event);
  const response = data?.response?.id ?? data?.response_id;
  if (response === undefined) {
    return undefined;
  }
  // One call of a tool under two names would run twice.
  const item = data?.item?.call_id ?? data?.item?.id ?? data?.item_id;
  const details = [item, data?.content_index].filter((detail) => detail !== undefined);
  return { key: [type, response, ...details].join(' '), response };
}
