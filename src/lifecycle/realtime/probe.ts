/** A question that every service answers, with `session.updated` or an error, and that changes nothing. */
export const PROBE = {
  type: 'session.update',
  event_id: 'steadfast_probe',
  session: { type: 'realtime' },
} as const;
