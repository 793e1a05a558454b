import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeCall, settle } from './fake-call.js';

/** What the lifecycle is given may throw, reject, hang or come too late; the call has an end all the same. */

afterEach(() => vi.useRealTimers());

describe('an observer written as an async function', () => {
  it('cannot break the call, or the process, by what it rejects with', async () => {
    const unhandled = vi.fn();
    process.prependListener('unhandledRejection', unhandled);
    const rejects = (): unknown => Promise.reject(new Error('no disk'));
    const call = new FakeCall();
    const careless = call.observer('careless', {
      attach: rejects,
      onState: rejects,
      onError: rejects,
    });
    const broken = new FakeCall({ observers: [careless, call.observer('second')] });
    const outcome = broken.lifecycle.run();
    await broken.talk();
    broken.lifecycle.end('caller-left');
    await setImmediate();
    process.off('unhandledRejection', unhandled);
    expect((await outcome).reason).toBe('caller-left');
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('a greeting that throws at once', () => {
  it('is reported, and the call goes on, as with one that fails later', async () => {
    const call = new FakeCall({
      parts: {
        greet: () => {
          throw new Error('no such phrase');
        },
      },
    });
    void call.lifecycle.run();
    await call.talk();
    expect(call.lifecycle.state.name).toBe('talking');
    expect(call.errors.map(({ message }) => message)).toEqual(['no such phrase']);
    call.lifecycle.end('caller-left');
  });
});

describe('data that never comes', () => {
  it('ends the call as crashed, and says what took too long', async () => {
    vi.useFakeTimers();
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await outcome).toMatchObject({
      reason: 'crashed',
      error: { code: 'DEADLINE_EXCEEDED', fault: 'application' },
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a call that ends while its data is being made', () => {
  it('tells its observers of the end, and flushes them: the data may have opened a record', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    const flushed = call.lifecycle.flush();
    await settle();
    call.prepared.resolve(undefined);
    expect((await outcome).reason).toBe('worker-shutdown');
    await flushed;
    expect(call.states).toEqual(['starting', 'closing', 'closed']);
    expect(call.events).toEqual([
      'attach first',
      'attach second',
      'flush first worker-shutdown',
      'flush second worker-shutdown',
    ]);
  });
});
