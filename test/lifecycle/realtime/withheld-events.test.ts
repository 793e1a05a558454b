import { describe, expect, it, vi } from 'vitest';
import { WithheldEvents } from '../../../src/lifecycle/realtime/withheld-events.js';

const error = (details: object) => ({ type: 'error', error: { message: 'no', ...details } });

describe('WithheldEvents', () => {
  it('tells the answer to each of our questions, and an error that answers nothing once', () => {
    const withheld = new WithheldEvents(vi.fn());
    withheld.sent('e1');
    withheld.sent('e2');
    const told = ['e1', 'e2', 'nobody', 'nobody', 'e1', undefined].filter(
      (event_id) => !withheld.has(error({ code: 'server_error', event_id })),
    );
    expect(told).toEqual(['e1', 'e2', 'nobody']);
  });

  it('reads each field of an error for itself', () => {
    const refused = vi.fn();
    const withheld = new WithheldEvents(refused);
    expect(withheld.has(error({ type: 'insufficient_quota', code: 429, event_id: 7 }))).toBe(true);
    expect(refused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ category: 'quota', fatal: true }),
    );
  });
});
