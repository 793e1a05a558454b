import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_END_REASONS, type CallEndReason } from '../../src/lifecycle/end-reason.js';
import { FakeCall, settle } from './fake-call.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('every end at every step', () => {
  const everywhere = CALL_END_REASONS.flatMap((reason) =>
    [0, 1, 2, 3, 4].map((steps): [CallEndReason, number] => [reason, steps]),
  );

  it.each(everywhere)(
    'ends as %s after %i steps, flushed once and closed',
    async (reason, steps) => {
      const call = new FakeCall();
      const outcome = call.lifecycle.run();
      const order = [call.prepared, call.started, call.joined, call.greeted];
      for (const step of order.slice(0, steps)) {
        step.resolve(undefined);
        await settle();
      }
      call.lifecycle.end(reason);
      await vi.advanceTimersByTimeAsync(20_000);
      expect((await outcome).reason).toBe(reason);
      await Promise.all([call.lifecycle.flush(), call.lifecycle.flush()]);
      expect(call.lifecycle.state.name).toBe('closed');
      const flushes = steps === 0 ? [] : [`flush first ${reason}`, `flush second ${reason}`];
      expect(call.events.filter((event) => event.startsWith('flush'))).toEqual(flushes);
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});
