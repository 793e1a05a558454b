import { describe, expect, it } from 'vitest';
import { CallError } from '../../src/lifecycle/errors.js';
import { FakeCall, settle } from './fake-call.js';

const modelGone = new CallError('connection lost', {
  code: 'MODEL_FAILED',
  fault: 'model',
  remedy: 'Check the model service.',
});

describe('a call whose model is lost', () => {
  it('is recovering while the model is reconnected, and talks again afterwards', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    await call.talk();
    call.lifecycle.recovering('connection lost');
    expect(call.lifecycle.state).toMatchObject({ name: 'recovering', cause: 'connection lost' });
    call.lifecycle.recovering('again');
    call.lifecycle.recovered();
    call.lifecycle.recovered();
    expect(call.states.slice(-2)).toEqual(['recovering', 'talking']);
  });

  it('does not talk before the model is back when it is lost in the greeting', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    for (const step of [call.prepared, call.started, call.joined]) {
      step.resolve(undefined);
      await settle();
    }
    call.lifecycle.recovering('connection lost');
    call.greeted.resolve(undefined);
    await settle();
    expect(call.lifecycle.state.name).toBe('recovering');
    call.lifecycle.recovered();
    expect(call.lifecycle.state.name).toBe('talking');
  });

  it('goes on with its greeting when the model is back before the first words were said', async () => {
    const call = new FakeCall();
    void call.lifecycle.run();
    for (const step of [call.prepared, call.started, call.joined]) {
      step.resolve(undefined);
      await settle();
    }
    call.lifecycle.recovering('connection lost');
    call.lifecycle.recovered();
    expect(call.lifecycle.state.name).toBe('greeting');
    call.greeted.resolve(undefined);
    await settle();
    expect(call.states.slice(-4)).toEqual(['greeting', 'recovering', 'greeting', 'talking']);
  });

  it('stays what it is when the model is lost before the caller is there, or after the end', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    call.lifecycle.recovering('connection lost');
    expect(call.lifecycle.state.name).toBe('starting');
    await call.talk();
    call.lifecycle.end('caller-left');
    call.lifecycle.recovering('connection lost');
    await outcome;
    call.lifecycle.recovered();
    expect(call.lifecycle.state.name).toBe('closing');
  });

  it('ends while recovering when the model is gone for good', async () => {
    const call = new FakeCall();
    const outcome = call.lifecycle.run();
    await call.talk();
    call.lifecycle.recovering('connection lost');
    call.lifecycle.report(modelGone, false);
    expect((await outcome).reason).toBe('model-unavailable');
  });
});
