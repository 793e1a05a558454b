import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceWatch } from '../../src/lifecycle/silence-watch.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watching() {
  const told: string[] = [];
  const watch = new SilenceWatch({
    tooLong: () => told.push('too long'),
    over: () => told.push('over'),
  });
  watch.state('talking');
  return { watch, told };
}

describe('a caller who hears nothing', () => {
  it('is noticed 4 s after the connection was lost, once', () => {
    const { watch, told } = watching();
    watch.state('recovering');
    vi.advanceTimersByTime(3_999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['too long']);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['too long']);
  });

  it('is noticed 4 s after a reply was asked for', () => {
    const { watch, told } = watching();
    watch.reply(true);
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual(['too long']);
  });

  it('is noticed when the greeting does not come', () => {
    const { watch, told } = watching();
    watch.state('greeting');
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual(['too long']);
  });

  it('is noticed 4 s after the agent fell silent in the middle of a reply', () => {
    const { watch, told } = watching();
    watch.reply(true);
    vi.advanceTimersByTime(2_000);
    watch.agentHeard();
    vi.advanceTimersByTime(3_999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['too long']);
  });

  it('waits no longer when the agent is heard, and is noticed anew in the next silence', () => {
    const { watch, told } = watching();
    watch.reply(true);
    vi.advanceTimersByTime(4_000);
    watch.agentHeard();
    expect(told).toEqual(['too long', 'over']);
    vi.advanceTimersByTime(8_000);
    expect(told).toEqual(['too long', 'over', 'too long']);
  });

  it('waits no longer when the connection is back and nothing is owed', () => {
    const { watch, told } = watching();
    watch.state('recovering');
    vi.advanceTimersByTime(4_000);
    watch.state('talking');
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['too long', 'over']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits on when the connection is back and a reply is owed: the silence has not begun anew', () => {
    const { watch, told } = watching();
    watch.reply(true);
    vi.advanceTimersByTime(2_000);
    watch.state('recovering');
    watch.state('talking');
    vi.advanceTimersByTime(2_000);
    expect(told).toEqual(['too long']);
  });

  it('is not told to wait while they speak themselves', () => {
    const { watch, told } = watching();
    watch.callerSpeaks(true);
    watch.reply(true);
    vi.advanceTimersByTime(20_000);
    expect(told).toEqual([]);
    watch.callerSpeaks(false);
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual(['too long']);
  });

  it('is told also in mid-sentence when the connection is lost: nobody hears them', () => {
    const { watch, told } = watching();
    watch.callerSpeaks(true);
    watch.state('recovering');
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual(['too long']);
  });

  it.each(['starting', 'waiting', 'wrapping-up', 'closing'] as const)(
    'is nobody’s business while the call is %s',
    (state) => {
      const { watch, told } = watching();
      watch.reply(true);
      watch.state(state);
      vi.advanceTimersByTime(60_000);
      expect(told).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('is none when the reply was only asked for and done', () => {
    const { watch, told } = watching();
    watch.reply(true);
    vi.advanceTimersByTime(1_000);
    watch.reply(false);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });
});
