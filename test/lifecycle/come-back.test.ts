import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ComeBack } from '../../src/lifecycle/come-back.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function comingBack() {
  const say = vi.fn<(instructions: string) => void>();
  return { comeBack: new ComeBack({ say }), say };
}

describe('an agent that comes back', () => {
  it('says so to a caller who was asked to wait', () => {
    const { comeBack, say } = comingBack();
    comeBack.lost(false);
    comeBack.askedToWait();
    comeBack.recovered(false);
    expect(say).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('you are back'));
  });

  it('says nothing after an outage that nobody has noticed', () => {
    const { comeBack, say } = comingBack();
    comeBack.lost(false);
    comeBack.recovered(false);
    vi.advanceTimersByTime(60_000);
    expect(say).not.toHaveBeenCalled();
  });

  it('says nothing of it when a reply comes anyway', () => {
    const { comeBack, say } = comingBack();
    comeBack.lost(true);
    comeBack.askedToWait();
    comeBack.recovered(true);
    vi.advanceTimersByTime(60_000);
    expect(say).not.toHaveBeenCalled();
  });

  it('asks a caller who was cut in mid-sentence to repeat, once they have fallen silent', () => {
    const { comeBack, say } = comingBack();
    comeBack.lost(true);
    comeBack.recovered(false);
    vi.advanceTimersByTime(2_999);
    expect(say).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(say).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('did not hear'));
  });

  it('lets a caller go on who is still speaking', () => {
    const { comeBack, say } = comingBack();
    comeBack.lost(true);
    comeBack.recovered(false);
    comeBack.forget();
    vi.advanceTimersByTime(60_000);
    expect(say).not.toHaveBeenCalled();
  });
});
