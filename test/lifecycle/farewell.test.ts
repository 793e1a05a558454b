import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../../src/lifecycle/deferred.js';
import { CALL_END_REASONS } from '../../src/lifecycle/end-reason.js';
import { FakeCall, settle } from './fake-call.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MODEL_GONE = ['model-unavailable', 'model-refused'] as const;

/** A call whose farewell lasts until it is resolved, or until nobody listens any more. */
function callWithFarewell() {
  const said = deferred<undefined>();
  const unheard: AbortSignal[] = [];
  const call = new FakeCall({
    parts: {
      farewell: async (signal) => {
        unheard.push(signal);
        call.events.push(`farewell in ${call.lifecycle.state.name}`);
        await Promise.race([
          said.promise,
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
        ]);
      },
    },
  });
  const outcome = call.lifecycle.run();
  return { call, outcome, said, unheard };
}

describe('the farewell', () => {
  it.each(MODEL_GONE)(
    'is spoken when the call ends as %s, once everybody was told',
    async (reason) => {
      const { call, outcome, said } = callWithFarewell();
      await call.talk();
      call.lifecycle.end(reason);
      await settle();
      expect(call.published.at(-1)).toMatchObject({
        'call.state': 'closing',
        'call.outcome': reason,
      });
      expect(call.events.at(-1)).toBe('farewell in closing');
      said.resolve(undefined);
      expect((await outcome).reason).toBe(reason);
    },
  );

  it('is not waited for by the outcome’s time: the call is over when the model is gone', async () => {
    const { call, outcome, said } = callWithFarewell();
    await call.talk();
    call.lifecycle.end('model-unavailable');
    await vi.advanceTimersByTimeAsync(7_000);
    said.resolve(undefined);
    expect((await outcome).durationMs).toBe(0);
  });

  it.each(CALL_END_REASONS.filter((reason) => !MODEL_GONE.some((gone) => gone === reason)))(
    'is not spoken when the call ends as %s',
    async (reason) => {
      const { call, outcome } = callWithFarewell();
      await call.talk();
      call.lifecycle.end(reason);
      call.quiet.resolve(undefined);
      await outcome;
      expect(call.events).not.toContain('farewell in closing');
    },
  );

  it.each(['caller-left', 'livekit-lost', 'worker-shutdown', 'crashed'] as const)(
    'is cut by %s',
    async (reason) => {
      const { call, outcome, unheard } = callWithFarewell();
      await call.talk();
      call.lifecycle.end('model-refused');
      await settle();
      expect(unheard[0]?.aborted).toBe(false);
      call.lifecycle.end(reason);
      expect((await outcome).reason).toBe('model-refused');
      expect(unheard[0]?.aborted).toBe(true);
    },
  );

  it('is not cut by the session’s own close, which follows the model’s end', async () => {
    const { call, unheard } = callWithFarewell();
    await call.talk();
    call.lifecycle.end('model-refused');
    await settle();
    call.lifecycle.end('model-unavailable', 'realtime_model_error');
    expect(unheard[0]?.aborted).toBe(false);
  });

  it('cannot hold the call up for longer than its deadline', async () => {
    const { call, outcome } = callWithFarewell();
    await call.talk();
    call.lifecycle.end('model-unavailable');
    await vi.advanceTimersByTimeAsync(18_000);
    expect((await outcome).reason).toBe('model-unavailable');
    expect(call.errors.map(({ code }) => code)).toEqual(['DEADLINE_EXCEEDED']);
  });

  it('is given up when the worker stops meanwhile, and the records are flushed', async () => {
    const { call } = callWithFarewell();
    await call.talk();
    call.lifecycle.end('model-unavailable');
    await settle();
    expect((await call.lifecycle.flush()).reason).toBe('model-unavailable');
    expect(call.lifecycle.state.name).toBe('closed');
  });
});
