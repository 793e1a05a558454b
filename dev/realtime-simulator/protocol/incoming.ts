import { z } from 'zod';
import { clientEvent, type ClientEvent } from './client-events.js';
import { refusalOf } from './client-error.js';
import { RefusedEvent } from './errors.js';

/** A frame from the client: an event of the protocol, or why it is none. */
export type Incoming = Understood | NotUnderstood;
interface Understood {
  readonly ok: true;
  readonly event: ClientEvent;
}
interface NotUnderstood {
  readonly ok: false;
  readonly type: string;
  readonly eventId: string | null;
  readonly raw: unknown;
  readonly refusal: RefusedEvent;
}

const head = z.looseObject({
  type: z.string().catch('unknown'),
  event_id: z.string().nullable().catch(null),
});

/** Reads one text frame. Never throws. */
export function understand(frame: string): Incoming {
  let raw: unknown;
  try {
    raw = JSON.parse(frame);
  } catch {
    const refusal = new RefusedEvent('invalid_json', 'The event is not valid JSON.');
    return { ok: false, type: 'not-json', eventId: null, raw: frame.slice(0, 200), refusal };
  }
  const parsed = clientEvent.safeParse(raw);
  if (parsed.success) {
    return { ok: true, event: parsed.data };
  }
  const { type, event_id: eventId } = head.catch({ type: 'unknown', event_id: null }).parse(raw);
  return { ok: false, type, eventId, raw, refusal: refusalOf(parsed.error, raw) };
}
