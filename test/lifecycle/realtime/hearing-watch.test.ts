import { AudioFrame } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DEFAULT_HEARING_WATCH,
  HearingWatch,
} from '../../../src/lifecycle/realtime/hearing-watch.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const LOUD = 5_000;
const FAINT = 300;

function watched() {
  const ask = vi.fn();
  const deaf = vi.fn();
  const unheard = vi.fn();
  const heard = vi.fn();
  const watch = new HearingWatch(DEFAULT_HEARING_WATCH, { ask, deaf, unheard, heard });
  const hear = (ms: number, level: number): void => {
    for (let sent = 0; sent < ms; sent += 10) {
      watch.sent(new AudioFrame(new Int16Array(240).fill(level), 24_000, 1, 240));
    }
  };
  return { ask, deaf, unheard, heard, watch, hear };
}

describe('HearingWatch', () => {
  it('asks after three seconds in which a voice was not answered, and is sure after three more', () => {
    const { ask, deaf, hear } = watched();
    hear(300, LOUD);
    vi.advanceTimersByTime(3_000);
    expect(ask).toHaveBeenCalledOnce();
    expect(deaf).not.toHaveBeenCalled();
    vi.advanceTimersByTime(3_000);
    expect(deaf).toHaveBeenCalledOnce();
  });

  it('asks nothing while the room is quiet, however long', () => {
    const { ask, hear } = watched();
    hear(60_000, FAINT);
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks nothing for a click', () => {
    const { ask, hear } = watched();
    hear(200, LOUD);
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks again of a service that answers, and counts the caller for nothing in anything else it says', () => {
    const { ask, deaf, hear, watch } = watched();
    hear(300, LOUD);
    watch.received({ type: 'rate_limits.updated' }, false);
    watch.received({ type: 'session.updated' }, true);
    vi.advanceTimersByTime(3_000);
    expect(ask).toHaveBeenCalledOnce();
    watch.received({ type: 'rate_limits.updated' }, false);
    vi.advanceTimersByTime(1_000);
    watch.received({ type: 'session.updated' }, true);
    vi.advanceTimersByTime(60_000);
    expect(deaf).not.toHaveBeenCalled();
    hear(300, LOUD);
    vi.advanceTimersByTime(3_000);
    watch.received({ type: 'rate_limits.updated' }, false);
    vi.advanceTimersByTime(3_000);
    expect(deaf).toHaveBeenCalledOnce();
  });

  it('asks when a service that heard the caller begin says nothing three seconds after they fell silent', () => {
    const { ask, deaf, hear, watch } = watched();
    watch.received({ type: 'input_audio_buffer.speech_started' }, false);
    hear(2_990, FAINT);
    hear(200, LOUD);
    hear(2_990, FAINT);
    expect(ask).not.toHaveBeenCalled();
    hear(10, FAINT);
    expect(ask).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(3_000);
    expect(deaf).toHaveBeenCalledOnce();
  });

  it('asks nothing of a service that has heard the caller out', () => {
    const { ask, hear, watch } = watched();
    watch.received({ type: 'input_audio_buffer.speech_started' }, false);
    watch.received({ type: 'input_audio_buffer.speech_stopped' }, false);
    hear(60_000, FAINT);
    expect(ask).not.toHaveBeenCalled();
  });

  it('tells of a voice that the service answered questions about and never heard', () => {
    const { unheard, heard, hear, watch } = watched();
    hear(300, LOUD);
    vi.advanceTimersByTime(3_000);
    expect(unheard).not.toHaveBeenCalled();
    watch.received({ type: 'session.updated' }, true);
    expect(unheard).toHaveBeenCalledOnce();
    hear(300, LOUD);
    watch.received({ type: 'input_audio_buffer.speech_started' }, false);
    vi.advanceTimersByTime(60_000);
    expect(unheard).toHaveBeenCalledOnce();
    expect(heard).toHaveBeenCalledOnce();
  });

  it('rests as soon as the service says anything of what it hears', () => {
    const { ask, deaf, hear, watch } = watched();
    hear(300, LOUD);
    watch.received({ type: 'conversation.item.added' }, false);
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
    hear(300, LOUD);
    vi.advanceTimersByTime(3_000);
    watch.received({ type: 'conversation.item.added' }, false);
    vi.advanceTimersByTime(60_000);
    expect(ask).toHaveBeenCalledOnce();
    expect(deaf).not.toHaveBeenCalled();
  });
});
