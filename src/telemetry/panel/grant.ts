/**
 * The participant attribute that lets somebody see the panel's messages. Whoever makes a token decides on it: callers
 * cannot change their own attributes.
 */
export const PANEL_GRANT = { 'call.panel': '1' } as const;

/** Whether a participant may see them. */
export function mayWatch(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['call.panel'] === PANEL_GRANT['call.panel'];
}
