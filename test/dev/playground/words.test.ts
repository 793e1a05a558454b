import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CALL_END_REASONS } from '../../../src/lifecycle/outcome.js';
import type { TroubleWord } from '../../../src/lifecycle/trouble.js';
import type { CallStateName } from '../../../src/lifecycle/call-state.js';

const words = z.record(z.string(), z.string());
type Attributes = Record<string, string>;
/** The page is JavaScript without types: what it exports is checked here. */
const page = z
  .object({
    CALL_STATES: words,
    AGENT_STATES: words,
    OUTCOMES: words,
    TROUBLES: words,
    agentDoes: z.custom<(attributes: Attributes) => string>((value) => typeof value === 'function'),
    endInWords: z.custom<(how: string, outcome?: string) => { outcome?: string; problem?: string }>(
      (value) => typeof value === 'function',
    ),
    microphoneProblem: z.custom<(error: unknown) => string>((value) => typeof value === 'function'),
  })
  .parse(await import(new URL('../../../dev/playground/page/words.js', import.meta.url).href));

/** As a record, so that a new state of the lifecycle is a compile error here. */
const STATES: Readonly<Record<CallStateName, true>> = {
  starting: true,
  waiting: true,
  greeting: true,
  talking: true,
  recovering: true,
  'wrapping-up': true,
  closing: true,
  closed: true,
};

const TROUBLES: Readonly<Record<TroubleWord, true>> = {
  reconnecting: true,
  'no-reply': true,
  'model-unavailable': true,
  'model-refused': true,
};

describe('the page’s words', () => {
  it('cover every way a call can end, and no other', () => {
    expect(Object.keys(page.OUTCOMES)).toEqual([...CALL_END_REASONS]);
  });

  it('cover every state of a call, and no other', () => {
    expect(Object.keys(page.CALL_STATES)).toEqual(Object.keys(STATES));
  });

  it('cover every trouble with the model, and no other', () => {
    expect(Object.keys(page.TROUBLES)).toEqual(Object.keys(TROUBLES));
  });
});

describe('what the agent does', () => {
  it('is its own state while the call is in the conversation', () => {
    expect(page.agentDoes({ 'call.state': 'talking', 'lk.agent.state': 'thinking' })).toBe(
      page.AGENT_STATES['thinking'],
    );
  });

  it('is the call’s state when that matters more', () => {
    expect(page.agentDoes({ 'call.state': 'recovering', 'lk.agent.state': 'listening' })).toBe(
      page.CALL_STATES['recovering'],
    );
  });

  it('is its trouble when there is any, until there is none', () => {
    const attributes = { 'call.state': 'talking', 'lk.agent.state': 'listening' };
    expect(page.agentDoes({ ...attributes, 'call.trouble': 'no-reply' })).toBe(
      page.TROUBLES['no-reply'],
    );
    expect(page.agentDoes({ ...attributes, 'call.trouble': '' })).toBe(
      page.AGENT_STATES['listening'],
    );
  });

  it('is a sentence also for an agent that publishes nothing, or words the page does not know', () => {
    expect(page.agentDoes({})).toBe('The agent is here.');
    expect(page.agentDoes({ 'call.state': 'new', 'lk.agent.state': 'new' })).toBe(
      'The agent is here.',
    );
  });
});

describe('the end of a call', () => {
  it('is the agent’s own word for it, whoever left first', () => {
    expect(page.endInWords('connection-lost', 'completed')).toEqual({
      outcome: page.OUTCOMES['completed'],
    });
  });

  it('is a problem when the agent went without a word', () => {
    expect(page.endInWords('agent-left').problem).toMatch(/without saying why/);
    expect(page.endInWords('connection-lost').problem).toMatch(/connection to LiveKit/);
  });

  it('is no problem when the caller left', () => {
    expect(page.endInWords('left')).toEqual({ outcome: 'You left the call.' });
  });
});

describe('a microphone that cannot be used', () => {
  it.each([
    ['NotAllowedError', /Allow it in the address bar/],
    ['NotFoundError', /Connect one/],
    ['NotReadableError', /Another program/],
  ])('is explained: %s', (name, remedy) => {
    expect(page.microphoneProblem(Object.assign(new Error('no'), { name }))).toMatch(remedy);
  });

  it('is explained in the browser’s words when the page has none', () => {
    expect(page.microphoneProblem(new Error('strange'))).toMatch(/strange/);
  });
});
