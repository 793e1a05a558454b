import { describe, expect, it } from 'vitest';
import type { CallStateName } from '../../src/lifecycle/call-state.js';
import { typedAnswers } from '../../src/lifecycle/typed-answers.js';

/** What is done, in order, when a caller types `text` while the call is in `state`. */
function typed(text: string, state: CallStateName = 'talking'): string[] {
  const done: string[] = [];
  const take = typedAnswers({
    call: {
      answer: (answer) => done.push(`answer ${answer}`),
    },
    lifecycle: { state: { name: state }, happened: ({ type }) => void done.push(type) },
    room: { callerWrote: () => void done.push('is here') },
    experience: { callerWrote: () => void done.push('is heard') },
  });
  take(undefined, { text });
  return done;
}

describe('what a caller types', () => {
  it('shows that they are there, is noted, and answered', () => {
    expect(typed(' Six years. ')).toEqual([
      'is here',
      'is heard',
      'caller-typed',
      'answer Six years.',
    ]);
  });

  it('is taken while the agent greets or its connection is mended, too', () => {
    expect(typed('Hello', 'greeting')).toContain('answer Hello');
    expect(typed('Hello', 'recovering')).toContain('answer Hello');
  });

  it.each(['starting', 'waiting', 'wrapping-up', 'closing', 'closed'] as const)(
    'changes nothing while the call is %s',
    (state) => {
      expect(typed('Wait!', state)).toEqual([]);
    },
  );

  it('is no answer when it is empty, and is cut when it is endless', () => {
    expect(typed(' \n ')).toEqual([]);
    expect(typed('x'.repeat(5000)).at(-1)).toBe(`answer ${'x'.repeat(2000)}`);
  });
});
