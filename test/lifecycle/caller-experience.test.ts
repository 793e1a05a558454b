import type { llm, voice } from '@livekit/agents';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallerExperience } from '../../src/lifecycle/caller-experience.js';
import { SessionLiveCall } from '../../src/lifecycle/live-call.js';
import { ConnectionError } from '../../src/lifecycle/realtime/connection-error.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const IDLE_MS = 300_000;
const clip = { samples: new Int16Array(16), sampleRate: 16_000 };
const nobodyLeft = new AbortController().signal;
const rateLimit = new ConnectionError('slow down', { category: 'rate-limit' });

/** A call as far as its caller's experience goes, talking. No room: what would be played is not. */
function talking({ hasCaller = true } = {}) {
  const lifecycle = { end: vi.fn(), report: vi.fn(), silence: vi.fn(), trouble: vi.fn() };
  const call = new SessionLiveCall('AJ_test', undefined, { end: vi.fn(), listenerFailed: vi.fn() });
  const session = Object.assign(new EventEmitter(), {
    generateReply: vi.fn(),
    output: { audio: { captureFrame: vi.fn(async () => undefined) } },
  });
  const realtime = new EventEmitter();
  const joined = vi.fn(async () => undefined);
  const track = vi.fn(() => undefined);
  const experience = new CallerExperience({
    call,
    lifecycle,
    participant: track,
    callRoom: { joined, hasCaller },
    clips: { oneMoment: clip, lost: clip },
    idleMs: IDLE_MS,
    standing: () => '',
    heard: vi.fn(),
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  });
  experience.attach();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
  call.connect(session as unknown as voice.AgentSession<undefined>);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- as above
  experience.follow(session as never, realtime as unknown as llm.RealtimeSession);
  for (const name of ['starting', 'waiting', 'greeting', 'talking'] as const) {
    experience.onState({ name, sinceMs: 0 });
  }
  const agentIsHeard = (): Promise<void> => session.output.audio.captureFrame();
  return { experience, lifecycle, session, realtime, track, joined, agentIsHeard };
}

describe('a call in which nobody is heard', () => {
  it('ends as caller-silent when nothing was due', () => {
    const { lifecycle } = talking();
    vi.advanceTimersByTime(IDLE_MS);
    expect(lifecycle.end).toHaveBeenCalledExactlyOnceWith(
      'caller-silent',
      'neither side was heard for 300000 ms',
      expect.objectContaining({ category: 'idle' }),
    );
  });

  it('ends by an error of the model when a reply was due', () => {
    const { lifecycle, experience } = talking();
    experience.replyOutstanding(true);
    vi.advanceTimersByTime(IDLE_MS);
    const error: unknown = expect.objectContaining({ code: 'MODEL_FAILED', category: 'idle' });
    expect(lifecycle.report).toHaveBeenCalledExactlyOnceWith(error, false);
  });

  it('goes on for as long as either side is heard; being away is not heard', async () => {
    const { lifecycle, session, agentIsHeard } = talking();
    vi.advanceTimersByTime(IDLE_MS - 1);
    await agentIsHeard();
    vi.advanceTimersByTime(IDLE_MS - 1);
    session.emit('user_state_changed', { newState: 'speaking' });
    vi.advanceTimersByTime(IDLE_MS - 1);
    session.emit('user_state_changed', { newState: 'away' });
    expect(lifecycle.end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lifecycle.end).toHaveBeenCalledOnce();
  });
});

describe('replies that are lost and fail in turns', () => {
  it('end the call when the third asking was in vain, rather than leave the caller waiting', () => {
    const { experience, lifecycle } = talking();
    experience.replyFailed(rateLimit);
    experience.replyLost(rateLimit);
    experience.replyFailed(rateLimit);
    expect(lifecycle.report).not.toHaveBeenCalled();
    experience.replyFailed(rateLimit);
    const error: unknown = expect.objectContaining({ code: 'MODEL_FAILED' });
    expect(lifecycle.report).toHaveBeenCalledExactlyOnceWith(error, false);
  });

  it('have the caller repeat what a service did not hear', () => {
    const { experience, session } = talking();
    const deaf = { category: 'idle', wordsLost: true } as const;
    experience.replyLost(new ConnectionError('deaf', deaf));
    vi.advanceTimersByTime(0);
    const instructions: unknown = expect.stringContaining('did not hear their last words');
    expect(session.generateReply).toHaveBeenCalledExactlyOnceWith({ instructions });
  });
});

describe('a silence that grows too long', () => {
  it('is told to the room, and a clip is played, until the agent is heard', async () => {
    const { experience, lifecycle, track, agentIsHeard } = talking();
    experience.onState({ name: 'recovering', sinceMs: 0, cause: 'cut' });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(lifecycle.silence.mock.calls).toEqual([[true]]);
    expect(track).toHaveBeenCalledOnce();
    await agentIsHeard();
    expect(lifecycle.silence.mock.calls).toEqual([[true], [false]]);
  });

  it('is explained by the agent when the connection is back', async () => {
    const { experience, session } = talking();
    experience.onState({ name: 'recovering', sinceMs: 0, cause: 'cut' });
    await vi.advanceTimersByTimeAsync(4_000);
    experience.onState({ name: 'talking', sinceMs: 0 });
    const instructions: unknown = expect.stringContaining('you are back');
    expect(session.generateReply).toHaveBeenCalledExactlyOnceWith({ instructions });
  });
});

describe('a lost reply', () => {
  it('is asked for again as it was asked for, when nothing else was said', async () => {
    const { experience, session } = talking();
    experience.replyFailed(rateLimit);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.generateReply).toHaveBeenCalledExactlyOnceWith({});
  });

  it('is asked for again in other words when the caller’s are lost', async () => {
    const { experience, session, realtime } = talking();
    realtime.emit('input_speech_started');
    realtime.emit('input_speech_stopped');
    experience.replyLost(rateLimit);
    await vi.advanceTimersByTimeAsync(0);
    const instructions: unknown = expect.stringContaining('did not hear');
    expect(session.generateReply).toHaveBeenCalledExactlyOnceWith({ instructions });
  });

  it('is not asked for again when the caller goes on speaking', async () => {
    const { experience, session, realtime } = talking();
    experience.replyFailed(rateLimit);
    realtime.emit('input_speech_started');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.generateReply).not.toHaveBeenCalled();
  });
});

describe('the last word', () => {
  it('is for somebody: an empty room is left at once', async () => {
    const { experience, track, joined } = talking({ hasCaller: false });
    await experience.farewell(nobodyLeft);
    expect(joined).toHaveBeenCalledOnce();
    expect(track).not.toHaveBeenCalled();
  });

  it('leaves no timer behind', async () => {
    const { experience } = talking();
    experience.onState({ name: 'recovering', sinceMs: 0, cause: 'cut' });
    experience.onState({ name: 'wrapping-up', sinceMs: 0, reason: 'completed' });
    await experience.flush();
    expect(vi.getTimerCount()).toBe(0);
  });
});
