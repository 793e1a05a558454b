import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallObserver } from '../../src/lifecycle/definition.js';
import { FakeCall, settle } from './fake-call.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A call with these observers that the framework ends in the middle of the conversation. */
async function endedFromOutside(make: (call: FakeCall) => CallObserver[]): Promise<FakeCall> {
  const observers: CallObserver[] = [];
  const call = new FakeCall({ observers });
  observers.push(...make(call));
  void call.lifecycle.run();
  await call.talk();
  const flushed = call.lifecycle.flush();
  await vi.advanceTimersByTimeAsync(30_000);
  await flushed;
  return call;
}

describe('the flush', () => {
  it('ends a call that nobody ended as worker-shutdown, without waiting for anything', async () => {
    const call = await endedFromOutside((it) => [it.observer('first')]);
    expect(call.events).toContain('flush first worker-shutdown');
    expect(call.states.at(-1)).toBe('closed');
  });

  it('flushes one observer after the other, in list order', async () => {
    const order: string[] = [];
    const slow = (name: string): Partial<CallObserver> => ({
      flush: async () => {
        order.push(`${name} begins`);
        await settle();
        order.push(`${name} ends`);
      },
    });
    await endedFromOutside((it) => [it.observer('a', slow('a')), it.observer('b', slow('b'))]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('abandons an observer that hangs, aborts its signal, and flushes the next', async () => {
    let abandoned: AbortSignal | undefined;
    const call = await endedFromOutside((it) => [
      it.observer('hung', {
        flush: (_outcome, deadline) => {
          abandoned = deadline;
          return new Promise(() => undefined);
        },
      }),
      it.observer('next'),
    ]);
    expect(abandoned?.aborted).toBe(true);
    expect(call.events).toContain('flush next worker-shutdown');
  });

  it.each(['attach', 'onState', 'flush'] as const)(
    'is not stopped by an observer whose %s throws',
    async (method) => {
      const call = await endedFromOutside((it) => [
        it.observer('broken', {
          [method]: () => {
            throw new Error('broken');
          },
        }),
        it.observer('whole'),
      ]);
      expect(call.events).toContain('attach whole');
      expect(call.events).toContain('flush whole worker-shutdown');
    },
  );
});
