import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stillness } from '../../../src/lifecycle/realtime/stillness.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A conversation of which only the events are there. */
function conversation() {
  const session = new EventEmitter();
  const stillness = new Stillness();
  stillness.follow(session);
  return {
    stillness,
    callerIs: (newState: string) => session.emit('user_state_changed', { newState }),
    /** Ends when the function returned is called. */
    speech: () => {
      let done = (): void => undefined;
      const speechHandle = { addDoneCallback: (callback: () => void) => (done = callback) };
      session.emit('speech_created', { speechHandle });
      return () => done();
    },
  };
}

describe('Stillness', () => {
  it('grows while nothing is going on', () => {
    const { stillness } = conversation();
    vi.advanceTimersByTime(3_000);
    expect(stillness.forMs).toBe(3_000);
  });

  it('is broken by a speech until it is done, its tools and the reply to them included', () => {
    const { stillness, speech } = conversation();
    const first = speech();
    vi.advanceTimersByTime(60_000);
    const second = speech();
    first();
    vi.advanceTimersByTime(60_000);
    expect(stillness.forMs).toBe(0);
    second();
    vi.advanceTimersByTime(2_000);
    expect(stillness.forMs).toBe(2_000);
  });

  it('is broken by the caller, and by a turn of theirs that is not answered yet', () => {
    const { stillness, callerIs, speech } = conversation();
    callerIs('speaking');
    vi.advanceTimersByTime(30_000);
    expect(stillness.forMs).toBe(0);
    callerIs('listening');
    vi.advanceTimersByTime(8_000);
    expect(stillness.forMs).toBe(0);
    const answer = speech();
    answer();
    vi.advanceTimersByTime(1_500);
    expect(stillness.forMs).toBe(1_500);
  });

  it('comes back after a sound that nobody answers', () => {
    const { stillness, callerIs } = conversation();
    callerIs('speaking');
    callerIs('listening');
    vi.advanceTimersByTime(9_000);
    expect(stillness.forMs).toBe(1_000);
  });
});
