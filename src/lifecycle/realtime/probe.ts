import { errorOf, type ServerEvent } from './server-event.js';

/** A question that every service answers, with `session.updated` or an error, and that changes nothing. */
export const PROBE = {
  type: 'session.update',
  event_id: 'steadfast_probe',
  session: { type: 'realtime' },
} as const;

/** Whether an event answers the question, as far as can be told: a service confirms every `session.update` alike. */
export function answersProbe(event: ServerEvent): boolean {
  return (
    event.type === 'session.updated' ||
    (event.type === 'error' && errorOf(event)?.event_id === PROBE.event_id)
  );
}
