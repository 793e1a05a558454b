import { z } from 'zod';
import { parseJson } from '../../parse-json.js';

/** An event of the service, as far as every event goes. */
export interface ServerEvent {
  readonly type: string;
}

/** Each field for itself: one that is odd does not hide the others. */
const text = z.string().nullish().catch(null);
const error = z.looseObject({
  type: text,
  code: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  message: text,
  param: text,
  event_id: text,
});
const errorEvent = z.looseObject({
  error: z.union([error, z.string().transform((code): z.output<typeof error> => ({ code }))]),
});
const responseEvent = z.looseObject({
  response: z.looseObject({
    id: text,
    metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
    output: z
      .array(z.looseObject({ id: z.string().nullish() }))
      .nullish()
      .catch(null),
    status: text,
    status_details: z
      .looseObject({ error: error.nullish().catch(null), reason: text })
      .nullish()
      .catch(null),
  }),
});
const itemEvent = z.union([
  z.looseObject({ item: z.looseObject({ id: z.string() }) }).transform(({ item }) => item.id),
  z.looseObject({ item_id: z.string() }).transform(({ item_id: id }) => id),
]);
const sessionEvent = z.looseObject({
  session: z.looseObject({
    audio: z.looseObject({
      input: z.looseObject({
        turn_detection: z.looseObject({ create_response: z.boolean().nullish() }).nullish(),
      }),
    }),
  }),
});

/** The event in a text frame, or `undefined` for anything the plugin would choke on (realtime-faults facts, U5). */
export function parseServerEvent(text: string): ServerEvent | undefined {
  const value = parseJson(text);
  return isEvent(value) ? value : undefined;
}

/** The error of an `error` event. */
export function errorOf(event: unknown): z.output<typeof error> | undefined {
  return errorEvent.safeParse(event).data?.error;
}

/** Id, metadata, items, status and error of a `response.created` or `response.done`. */
export function responseOf(event: unknown): z.output<typeof responseEvent>['response'] | undefined {
  return responseEvent.safeParse(event).data?.response;
}

/** The reply that a `response.*` event belongs to. */
export function replyIdOf(event: ServerEvent): string | undefined {
  const id: unknown = Reflect.get(event, 'response_id');
  return typeof id === 'string' ? id : (responseOf(event)?.id ?? undefined);
}

/** The item's id in a `conversation.item.*` event. */
export function itemIdOf(event: ServerEvent): string | undefined {
  return event.type.startsWith('conversation.item.') ? itemEvent.safeParse(event).data : undefined;
}

/** The item's id in an event that adds it to a reply. */
export function outputItemOf(event: ServerEvent): string | undefined {
  return event.type === 'response.output_item.added' ? itemEvent.safeParse(event).data : undefined;
}

/** Whether the service answers by itself when the caller has finished; `undefined` when the event does not say. */
export function answersTurns(event: unknown): boolean | undefined {
  const session = sessionEvent.safeParse(event).data?.session;
  return session && session.audio.input.turn_detection?.create_response === true;
}

/** Whether a value has what every event has. */
export function isEvent(value: unknown): value is ServerEvent {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}
