import { z } from 'zod';
import type { ServerEvent } from './server-event.js';

const delta = z.looseObject({ item_id: z.string().optional(), delta: z.string().min(1) });
const message = z.looseObject({
  item: z.looseObject({ id: z.string().min(1), type: z.literal('message') }),
});
const call = z.looseObject({
  item: z.looseObject({
    type: z.literal('function_call'),
    name: z.string().min(1),
    call_id: z.string().min(1),
  }),
});

/** Deltas that are heard, or in a text session read. A transcript alone is silence. */
const HEARD: ReadonlySet<string> = new Set([
  'response.output_audio.delta',
  'response.audio.delta',
  'response.output_text.delta',
  'response.text.delta',
]);
const OTHER_DELTAS: ReadonlySet<string> = new Set([
  'response.output_audio_transcript.delta',
  'response.audio_transcript.delta',
  'response.function_call_arguments.delta',
]);
/** Each only once for a part: what comes twice never gets here (duplicates.ts). */
const PARTS: ReadonlySet<string> = new Set(
  [
    ...['output_item', 'content_part'].flatMap((part) => [`${part}.added`, `${part}.done`]),
    ...['output_audio', 'audio', 'output_audio_transcript', 'audio_transcript'].map(
      (part) => `${part}.done`,
    ),
    ...['output_text', 'text', 'function_call_arguments'].map((part) => `${part}.done`),
  ].map((part) => `response.${part}`),
);

/** Whether a reply goes on with this event: it brings something, or begins or ends a part. */
export function isProgress(event: ServerEvent): boolean {
  const { type } = event;
  const isDelta = HEARD.has(type) || OTHER_DELTAS.has(type);
  return PARTS.has(type) || (isDelta && delta.safeParse(event).success);
}

/** Whether one reply has brought anything that a caller hears or a tool does. */
export class ReplyContent {
  readonly #items = new Set<string>();
  #isEmpty = true;

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  received(event: ServerEvent): void {
    if (event.type === 'response.output_item.added') {
      this.#items.add(message.safeParse(event).data?.item.id ?? '');
    } else if (event.type === 'response.output_item.done') {
      this.#isEmpty &&= !call.safeParse(event).success;
    } else if (this.#isEmpty && HEARD.has(event.type)) {
      // Upstream plays nothing of an item whose beginning it was not told.
      const item = delta.safeParse(event).data?.item_id;
      this.#isEmpty = !item || !this.#items.has(item);
    }
  }
}
