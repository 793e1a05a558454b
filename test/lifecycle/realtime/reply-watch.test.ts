import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_HEARTBEAT, Heartbeat } from '../../../src/lifecycle/realtime/heartbeat.js';
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

describe('ReplyWatch', () => {
  it('notices within 6.4 s that a reply does not begin', () => {
    const { watch, watcher } = watched();
    watch.sent('response.create', 'e1');
    vi.advanceTimersByTime(6_400);
    expect(watcher.stalled).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ category: 'stall' }),
    );
  });

  it('notices within 6.4 s that a reply comes to a halt, whatever else arrives', () => {
    const { watch, watcher } = watched();
    watch.received({ type: 'response.created' });
    for (let n = 0; n < 6; n += 1) {
      vi.advanceTimersByTime(1_000);
      watch.received({ type: 'error' });
      watch.received({ type: 'input_audio_buffer.speech_started' });
    }
    expect(watcher.stalled).toHaveBeenCalledOnce();
  });

  it('leaves a reply alone that goes on, however long', () => {
    const { watch, watcher } = watched();
    watch.sent('response.create', 'e1');
    for (let n = 0; n < 20; n += 1) {
      watch.received(sound);
      vi.advanceTimersByTime(5_000);
    }
    watch.received(done('completed'));
    vi.advanceTimersByTime(60_000);
    expect(watcher.stalled).not.toHaveBeenCalled();
    expect(watcher.completed).toHaveBeenCalledOnce();
  });

  it('expects a reply at the end of a turn only from a service that answers turns', () => {
    const silent = watched();
    silent.watch.received({ type: 'input_audio_buffer.committed' });
    vi.advanceTimersByTime(6_400);
    expect(silent.watcher.stalled).not.toHaveBeenCalled();
    const { watch, watcher } = watched();
    watch.received(answersTurns);
    watch.received({ type: 'input_audio_buffer.committed' });
    vi.advanceTimersByTime(6_400);
    expect(watcher.stalled).toHaveBeenCalledOnce();
  });

  it('does not wait for a reply while the caller goes on speaking', () => {
    const { watch, watcher } = watched();
    watch.received(answersTurns);
    watch.received({ type: 'input_audio_buffer.committed' });
    watch.received({ type: 'input_audio_buffer.speech_started' });
    vi.advanceTimersByTime(60_000);
    expect(watcher.stalled).not.toHaveBeenCalled();
  });

  it('counts an error only when it answers one of our questions', () => {
    const { watch, watcher } = watched();
    watch.sent('response.create', 'e1');
    watch.received({ type: 'error', ...{ error: { code: 'server_error' } } });
    watch.received({ type: 'error', ...{ error: { code: 'server_error', event_id: 'e0' } } });
    expect(watcher.failed).not.toHaveBeenCalled();
    watch.received({ type: 'error', ...{ error: { code: 'server_error', event_id: 'e1' } } });
    expect(watcher.failed).toHaveBeenCalledOnce();
    expect(watch.pending).toBe(false);
  });

  it('does not take audio that comes after the end of a reply for the beginning of one', () => {
    const { watch, watcher } = watched();
    watch.received({ type: 'response.created' });
    watch.received(done('cancelled'));
    watch.received(sound);
    expect(watch.pending).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(watcher.stalled).not.toHaveBeenCalled();
  });

  it('does not take the end of a reply that nobody knows for the end of the one that is watched', () => {
    const { watch, watcher } = watched();
    const ours = { response: { id: 'ours' } };
    watch.received({ type: 'response.created', ...ours });
    watch.received({ type: 'response.done', ...{ response: { id: 'nobody', status: 'failed' } } });
    expect(watch.pending).toBe(true);
    expect(watcher.failed).not.toHaveBeenCalled();
    watch.received({ type: 'response.text.delta', ...{ response_id: 'nobody', delta: 'x' } });
    vi.advanceTimersByTime(3_000);
    watch.received({ type: 'response.text.delta', ...{ response_id: 'nobody', delta: 'x' } });
    vi.advanceTimersByTime(3_000);
    expect(watcher.stalled).toHaveBeenCalledOnce();
  });

  it('does not count failures of replies that nobody asked for and nobody heard begin', () => {
    const { watch, watcher } = watched();
    watch.received(done('failed'));
    expect(watcher.failed).not.toHaveBeenCalled();
  });

  it('does not count a refusal because another reply is under way, which is watched itself', () => {
    const { watch, watcher } = watched();
    const refusal = { code: 'conversation_already_has_active_response', event_id: 'e1' };
    watch.received({ type: 'response.created' });
    watch.sent('response.create', 'e1');
    watch.received({ type: 'error', ...{ error: refusal } });
    expect(watcher.failed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(6_000);
    expect(watcher.stalled).toHaveBeenCalledOnce();
    // Nothing is under way now: then it is a refusal like any other.
    watch.sent('response.create', 'e1');
    watch.received({ type: 'error', ...{ error: refusal } });
    expect(watcher.failed).toHaveBeenCalledOnce();
  });

  it('takes neither a cancelled nor an incomplete reply that was heard for a failure', () => {
    const { watch, watcher } = watched();
    for (const status of ['cancelled', 'incomplete', 'failed']) {
      watch.received({ type: 'response.created' });
      watch.received(begun);
      watch.received(sound);
      watch.received(done(status));
    }
    expect(watcher.failed).toHaveBeenCalledOnce();
    expect(watcher.completed).not.toHaveBeenCalled();
  });
});

describe('Heartbeat', () => {
  it('notices within 6.4 s that nobody answers, once', () => {
    const dead = vi.fn();
    new Heartbeat(DEFAULT_HEARTBEAT, vi.fn(), dead);
    vi.advanceTimersByTime(6_400);
    expect(dead).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(dead).toHaveBeenCalledOnce();
  });

  it('takes anything that arrives for a sign of life, and leaves no timer behind', () => {
    const dead = vi.fn();
    const heartbeat: Heartbeat = new Heartbeat(DEFAULT_HEARTBEAT, () => heartbeat.alive(), dead);
    vi.advanceTimersByTime(600_000);
    expect(dead).not.toHaveBeenCalled();
    heartbeat.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
