import { initializeLogger, voice } from '@livekit/agents';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession } from '../../src/lifecycle/create-session.js';
import { SessionLiveCall } from '../../src/lifecycle/live-call.js';
import { GuardedRealtimeModel } from '../../src/lifecycle/realtime/guarded-model.js';

const STATE = voice.AgentSessionEventTypes.AgentStateChanged;
const event = voice.createAgentStateChangedEvent('idle', 'listening');
let session: voice.AgentSession<object>;
const listenerFailed = vi.fn();
const call = () => new SessionLiveCall('AJ_1', {}, { end: () => undefined, listenerFailed });

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => {
  listenerFailed.mockClear();
  const options = { apiKey: 'sk-test', baseURL: 'http://127.0.0.1:9/v1' };
  const model = new GuardedRealtimeModel(options, 60_000);
  session = createSession({ model: options, maxModelSessionMs: 60_000, session: {} }, model, {});
});

describe('a listener of the application', () => {
  it('hears the session, whether it was there before the session or came after', () => {
    const live = call();
    const heard = vi.fn();
    live.on(STATE, heard);
    live.connect(session);
    live.on(STATE, heard);
    session.emit(STATE, event);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('hears nothing more when the call is released', () => {
    const live = call();
    const heard = vi.fn();
    live.on(STATE, heard);
    live.connect(session);
    live.release();
    session.emit(STATE, event);
    expect(heard).not.toHaveBeenCalled();
    expect(session.listenerCount(STATE)).toBe(0);
  });

  it('cannot break what the session is doing: what it throws is reported', () => {
    const live = call();
    const next = vi.fn();
    live.on(STATE, () => {
      throw new Error('a bad listener');
    });
    live.on(STATE, next);
    live.connect(session);
    session.emit(STATE, event);
    expect(next).toHaveBeenCalledOnce();
    expect(listenerFailed).toHaveBeenCalledExactlyOnceWith(new Error('a bad listener'));
  });

  it('may be an async function: what it rejects with is reported, too', async () => {
    const live = call();
    live.on(STATE, (): unknown => Promise.reject(new Error('an absent-minded listener')));
    live.connect(session);
    session.emit(STATE, event);
    await setImmediate();
    expect(listenerFailed).toHaveBeenCalledExactlyOnceWith(new Error('an absent-minded listener'));
  });
});

describe('a call without a session yet', () => {
  it('says so when it is asked to speak', () => {
    expect(() => call().say('Hello.')).toThrow('the call has no session yet');
  });
});
