import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_REPLY_WATCH, ReplyWatch } from '../../../src/lifecycle/realtime/reply-watch.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched() {
  const watcher = {
    outstanding: vi.fn(),
    stalled: vi.fn(),
    completed: vi.fn(),
    failed: vi.fn(),
  };
  return { watcher, watch: new ReplyWatch(DEFAULT_REPLY_WATCH, watcher) };
}
const answersTurns = {
  type: 'session.updated',
  session: { audio: { input: { turn_detection: { create_response: true } } } },
};
const done = (status: string) => ({ type: 'response.done', response: { status } });
const sound = { type: 'response.output_audio.delta', item_id: 'i', delta: 'AAAA' };
const begun = { type: 'response.output_item.added', item: { id: 'i', type: 'message' } };

describe('a reply without a sound', () => {
  it.each(['completed', 'incomplete', 'cancelled', 'unheard_of'])(
    'has failed the caller when it is %s',
    (status) => {
      const { watch, watcher } = watched();
      watch.received({ type: 'response.created' });
      watch.received(begun);
      watch.received({ ...sound, ...{ delta: '' } });
      watch.received({ ...sound, ...{ item_id: 'nobody' } });
      watch.received({ ...sound, type: 'response.output_audio_transcript.delta' });
      watch.received(done(status));
      expect(watcher.failed).toHaveBeenCalledOnce();
      expect(watcher.completed).not.toHaveBeenCalled();
    },
  );

  it('is complete when it calls a tool', () => {
    const { watch, watcher } = watched();
    const item = { id: 'f', type: 'function_call', name: 'now', call_id: 'c', arguments: '{}' };
    watch.received({ type: 'response.created' });
    watch.received({ type: 'response.output_item.done', ...{ item } });
    watch.received(done('completed'));
    expect(watcher.completed).toHaveBeenCalledOnce();
    expect(watcher.failed).not.toHaveBeenCalled();
  });

  it('is nobody’s failure when we or the caller have cut it short', () => {
    const { watch, watcher } = watched();
    watch.received({ type: 'response.created' });
    watch.sent('response.cancel', undefined);
    watch.received(done('cancelled'));
    watch.received({ type: 'response.created' });
    watch.received({ type: 'input_audio_buffer.speech_started' });
    watch.received(done('cancelled'));
    watch.received({ type: 'response.created' });
    const response = { status: 'cancelled', status_details: { reason: 'turn_detected' } };
    watch.received({ type: 'response.done', ...{ response } });
    expect(watcher.failed).not.toHaveBeenCalled();
    watch.received({ type: 'response.created' });
    watch.received(done('cancelled'));
    expect(watcher.failed).toHaveBeenCalledOnce();
  });
});

describe('a reply that does not go on', () => {
  it.each([
    { type: 'response.thought.delta', delta: 'hm' },
    { ...sound, delta: '' },
  ])('is noticed beside $type', (event) => {
    const { watch, watcher } = watched();
    watch.received({ type: 'response.created' });
    for (let n = 0; n < 6; n += 1) {
      vi.advanceTimersByTime(1_000);
      watch.received(event);
    }
    expect(watcher.stalled).toHaveBeenCalledOnce();
  });

  it('is noticed when the service has heard the caller out, and nothing follows', () => {
    const { watch, watcher } = watched();
    watch.received(answersTurns);
    watch.received({ type: 'input_audio_buffer.speech_started' });
    watch.received({ type: 'input_audio_buffer.speech_stopped' });
    vi.advanceTimersByTime(6_400);
    expect(watcher.stalled).toHaveBeenCalledOnce();
  });

  it('is not ended by the end of one that has not begun', () => {
    const { watch, watcher } = watched();
    const response = { id: 'r1', status: 'completed' };
    watch.sent('response.create', 'e1');
    watch.received({ type: 'response.done', ...{ response } });
    expect(watcher.completed).not.toHaveBeenCalled();
    expect(watch.pending).toBe(true);
  });
});
