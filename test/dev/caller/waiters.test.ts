import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Waiters } from '../../../dev/caller/waiters.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a wait', () => {
  it('resolves at once when it is already true, also with a value that is false', async () => {
    const waiters = new Waiters();
    await expect(waiters.until(() => 0, { timeoutMs: 1, awaited: 'zero' })).resolves.toBe(0);
  });

  it('resolves at the change that makes it true, and leaves no timer', async () => {
    const waiters = new Waiters();
    let value: string | undefined = undefined;
    const waiting = waiters.until(() => value, { timeoutMs: 1000, awaited: 'a value' });
    waiters.changed();
    value = 'here';
    waiters.changed();
    await expect(waiting).resolves.toBe('here');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails after its deadline, saying what was awaited and what was seen then', async () => {
    const waiters = new Waiters();
    let seen = 'nothing';
    const failed = expect(
      waiters.until(() => undefined, {
        timeoutMs: 50,
        awaited: 'a bus',
        seen: () => `saw ${seen}`,
      }),
    ).rejects.toThrow(
      expect.objectContaining({
        name: 'WaitFailedError',
        message: 'Waited 50 ms for a bus, in vain; saw a tram.',
        awaited: 'a bus',
      }),
    );
    seen = 'a tram';
    await vi.advanceTimersByTimeAsync(50);
    await failed;
  });

  it('fails at once when nothing can change any more, before and after it began', async () => {
    const waiters = new Waiters();
    const before = waiters.until(() => undefined, { timeoutMs: 1000, awaited: 'a bus' });
    waiters.end('the line was closed');
    await expect(before).rejects.toThrow('Waited for a bus, but the line was closed.');
    const after = waiters.until(() => undefined, { timeoutMs: 1000, awaited: 'a bus' });
    await expect(after).rejects.toThrow('the line was closed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('resolves after the end when what it waits for came before it', async () => {
    const waiters = new Waiters();
    waiters.end('the line was closed');
    await expect(waiters.until(() => 'bus', { timeoutMs: 1000, awaited: 'a bus' })).resolves.toBe(
      'bus',
    );
  });

  it('passes on what its question throws', async () => {
    const waiters = new Waiters();
    const read = () => {
      throw new RangeError('no such line');
    };
    await expect(waiters.until(read, { timeoutMs: 1, awaited: 'a bus' })).rejects.toThrow(
      RangeError,
    );
  });
});
