import { describe, expect, it } from 'vitest';
import { defineVoiceAgent } from '../../src/lifecycle/define-voice-agent.js';
import type { VoiceAgentDefinition } from '../../src/lifecycle/definition.js';
import { GuardedRealtimeModel } from '../../src/lifecycle/realtime/guarded-model.js';
import { notices } from '../../src/session/notices.js';

const unused = (): never => {
  throw new Error('not used by this test');
};

function definition(limits: VoiceAgentDefinition<object, undefined>['limits']) {
  return defineVoiceAgent<object, undefined>({
    prewarm: unused,
    data: unused,
    settings: unused,
    agent: unused,
    greeting: unused,
    notices: notices(),
    language: unused,
    observers: [unused],
    limits,
    cues: {
      standing: unused,
      welcomeBack: unused,
      nudge: unused,
      timeHint: unused,
      goodbye: unused,
    },
    onError: unused,
  });
}

const sound = {
  callerJoinMs: 60_000,
  wrapUpMs: 20_000,
  idleMs: 300_000,
  maxDurationMs: 2_700_000,
  timeHintMs: 180_000,
  silenceMs: 30_000,
  rejoinGraceMs: 60_000,
  flushMs: 5_000,
  memoryMb: 800,
};

describe('the limits of an agent', () => {
  it('are accepted within their bounds', () => {
    expect(() => definition(sound)).not.toThrow();
  });

  it.each([
    [{ ...sound, callerJoinMs: 60 }, 'callerJoinMs is 60, outside 1000 to'],
    [{ ...sound, wrapUpMs: 0 }, 'wrapUpMs is 0, outside 1000 to 120000'],
    [{ ...sound, flushMs: Number.NaN }, 'flushMs is NaN, outside 100 to 30000'],
  ])('are refused by name and value: %o', (limits, message) => {
    expect(() => definition(limits)).toThrow(message);
  });
});

describe('the longest model session', () => {
  const options = { apiKey: 'sk-test' };

  it('is refused when minutes or seconds were given as milliseconds', () => {
    // The defect of the original report: 60 * 27, meant as seconds, is 1.6 s and reconnects for ever.
    expect(() => new GuardedRealtimeModel(options, 60 * 27)).toThrow(
      'maxModelSessionMs is 1620, outside 60000 to 3600000 milliseconds',
    );
  });

  it('is refused above the hour after which the provider closes the session', () => {
    expect(() => new GuardedRealtimeModel(options, 61 * 60_000)).toThrow('maxModelSessionMs');
  });
});
