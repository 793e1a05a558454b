import { describe, expect, it } from 'vitest';
import { CALL_END_REASONS } from '../../../src/lifecycle/end-reason.js';
import { en } from '../../../dev/playground/page/words/en.js';
import { ru } from '../../../dev/playground/page/words/ru.js';
import {
  agentDoes,
  endInWords,
  microphoneProblem,
} from '../../../dev/playground/page/words/say.js';

const nothing = {
  phase: 'ended',
  agentIsLate: false,
  reconnecting: false,
  attributes: {},
  lines: [],
  ended: 'connection-lost',
} as const;

/** Every text in it, with the way to it. */
function texts(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? texts(value, `${path}${name}.`)
      : [`${path}${name}${value === '' ? ' (empty)' : ''}`],
  );
}

describe.each([
  ['English', en],
  ['Russian', ru],
])('the page in %s', (_language, words) => {
  it('has words for every way a call can end, and no other', () => {
    expect(Object.keys(words.end.outcomes)).toEqual([...CALL_END_REASONS]);
  });

  it('leaves nothing unsaid', () => {
    expect(texts(words)).toEqual(texts(en));
    expect(texts(words).filter((text) => text.endsWith('(empty)'))).toEqual([]);
  });
});

describe('what the agent does', () => {
  it('is its own state while the call is in the conversation', () => {
    expect(agentDoes(en, { 'call.state': 'talking', 'lk.agent.state': 'thinking' })).toBe(
      en.call.agentStates.thinking,
    );
  });

  it('is the call’s state when that matters more', () => {
    expect(agentDoes(en, { 'call.state': 'recovering', 'lk.agent.state': 'listening' })).toBe(
      en.call.states.recovering,
    );
  });

  it('is its trouble when there is any, until there is none', () => {
    const attributes = { 'call.state': 'talking', 'lk.agent.state': 'listening' };
    expect(agentDoes(ru, { ...attributes, 'call.trouble': 'no-reply' })).toBe(
      ru.call.troubles['no-reply'],
    );
    expect(agentDoes(ru, { ...attributes, 'call.trouble': '' })).toBe(
      ru.call.agentStates.listening,
    );
  });

  it('is a sentence also for an agent that publishes nothing, or words the page does not know', () => {
    expect(agentDoes(en, {})).toBe(en.call.here);
    expect(agentDoes(en, { 'call.state': 'new', 'lk.agent.state': 'toString' })).toBe(en.call.here);
  });
});

describe('the end of a call', () => {
  it('is the agent’s own word for it, whatever the page saw', () => {
    const view = { ...nothing, attributes: { 'call.outcome': 'completed' } };
    expect(endInWords(en, view)).toBe(en.end.outcomes.completed);
  });

  it('is what the page saw when the agent said nothing', () => {
    expect(endInWords(en, nothing)).toBe(en.end.how['connection-lost']);
    expect(endInWords(en, { ...nothing, ended: 'left' })).toBe(en.end.how.left);
  });
});

describe('a microphone that cannot be used', () => {
  it.each(['NotAllowedError', 'NotFoundError', 'NotReadableError'] as const)(
    'is explained: %s',
    (name) => {
      const error = Object.assign(new Error('no'), { name });
      expect(microphoneProblem(en, error)).toBe(en.microphone.problem[name]);
    },
  );

  it('is explained also when the browser says something else', () => {
    expect(microphoneProblem(en, new Error('strange'))).toBe(en.microphone.problem.other);
  });
});
