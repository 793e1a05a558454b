import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../../src/lifecycle/errors.js';
import { FakeCall, settle } from './fake-call.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const modelGone = new CallError('connection lost', {
  code: 'MODEL_FAILED',
  fault: 'model',
  remedy: 'Check the model service.',
});

describe('a call', () => {
  it('walks from starting to talking, one state after the other', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    expect(call.lifecycle.state.name).toBe('starting');
    call.prepared.resolve(undefined);
    await settle();
    call.started.resolve(undefined);
    await settle();
    expect(call.lifecycle.state.name).toBe('waiting');
    call.joined.resolve(undefined);
    await settle();
    expect(call.lifecycle.state.name).toBe('greeting');
    call.greeted.resolve(undefined);
    await settle();
    expect(call.lifecycle.state.name).toBe('talking');
  });

  it('attaches every observer before anything is started', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    await call.talk();
    expect(call.events).toEqual([
      'attach first',
      'attach second',
      'start',
      'callerJoined',
      'greet',
    ]);
  });

  it('refuses to run twice, and says which state it is in', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    await call.talk();
    expect(() => call.lifecycle.run()).toThrow('run() was called twice; the call is talking');
  });

  it('lets the agent finish its goodbye before a completed call closes', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.end('completed');
    await settle();
    expect(call.lifecycle.state.name).toBe('wrapping-up');
    call.quiet.resolve(undefined);
    expect((await outcome).reason).toBe('completed');
    expect(call.lifecycle.state.name).toBe('closing');
  });

  it('closes after wrapUpMs when the goodbye never ends, and reports that', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.end('completed');
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await outcome).reason).toBe('completed');
    expect(call.errors.map(({ code }) => code)).toEqual(['DEADLINE_EXCEEDED']);
  });

  it('cuts the goodbye short when the caller leaves during it, and keeps the first reason', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.end('completed');
    await settle();
    call.lifecycle.end('caller-left');
    expect((await outcome).reason).toBe('completed');
  });

  it('does not wait for the agent when the caller left', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.end('caller-left', 'client-initiated');
    expect(await outcome).toMatchObject({ reason: 'caller-left', detail: 'client-initiated' });
    expect(call.states).not.toContain('wrapping-up');
  });

  it('ends as caller-never-came when nobody joins in time', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    call.prepared.resolve(undefined);
    call.started.resolve(undefined);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(call.lifecycle.state.name).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect((await outcome).reason).toBe('caller-never-came');
  });

  it('ends as livekit-lost when the session does not start in time', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    call.prepared.resolve(undefined);
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await outcome).reason).toBe('livekit-lost');
  });

  it('goes on to talk when the greeting fails, and reports it', async () => {
    const call = new FakeCall({ parts: { greet: () => Promise.reject(new Error('no voice')) } });
    void call.lifecycle.run();
    await call.talk();
    expect(call.lifecycle.state.name).toBe('talking');
    expect(call.errors.map(({ message }) => message)).toEqual(['no voice']);
  });

  it('ends as crashed when the application cannot prepare the call', async () => {
    const call = new FakeCall({ parts: { start: () => Promise.reject(new Error('bad plan')) } });
    const outcome = call.lifecycle.run();
    await call.talk();
    expect((await outcome).error).toMatchObject({
      code: 'APPLICATION_FAILED',
      message: 'bad plan',
    });
    expect((await outcome).reason).toBe('crashed');
  });

  it('ends as model-unavailable on an error that cannot be recovered from, and keeps the error', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.report(modelGone, false);
    expect(await outcome).toMatchObject({ reason: 'model-unavailable', error: modelGone });
  });

  it('goes on after an error that can be recovered from', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    await call.talk();
    call.lifecycle.report(modelGone, true);
    await settle();
    expect(call.lifecycle.state.name).toBe('talking');
    expect(call.errors).toEqual([modelGone]);
  });

  it('has exactly one outcome, however many ends arrive', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    for (const reason of ['caller-left', 'livekit-lost', 'completed', 'crashed'] as const) {
      call.lifecycle.end(reason);
    }
    expect((await outcome).reason).toBe('caller-left');
    expect(call.states.filter((state) => state === 'closing')).toHaveLength(1);
  });

  it('carries usage, connections and times in its outcome', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    await vi.advanceTimersByTimeAsync(1_500);
    call.lifecycle.end('caller-left');
    const ended = await outcome;
    expect(ended).toMatchObject({ callId: 'AJ_test', modelConnections: 1, durationMs: 1_500 });
    expect(ended.usage).toEqual([{ inputTokens: 7 }]);
    expect(Date.parse(ended.endedAt) - Date.parse(ended.startedAt)).toBe(1_500);
    expect(Object.isFrozen(ended)).toBe(true);
  });

  it('tells the room its id, each state, and in the end the outcome', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.end('caller-left');
    await outcome;
    expect(call.published.map((attributes) => attributes['call.state'])).toEqual([
      'starting',
      'waiting',
      'greeting',
      'talking',
      'closing',
    ]);
    expect(call.published.at(-1)).toEqual({
      'call.id': 'AJ_test',
      'call.state': 'closing',
      'call.outcome': 'caller-left',
      'call.trouble': '',
    });
  });
});
