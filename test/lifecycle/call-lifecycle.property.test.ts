import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallStateName } from '../../src/lifecycle/call-state.js';
import { DEADLINES } from '../../src/lifecycle/limits.js';
import { CALL_END_REASONS } from '../../src/lifecycle/end-reason.js';
import { SOUND } from './support/limits.js';
import { check } from './support/property.js';
import { aCall, RandomCall } from './support/random-call.js';

/** What holds for every call, whatever the code it is given does and whatever comes in which order. */

const unhandled = vi.fn();
beforeAll(() => void process.prependListener('unhandledRejection', unhandled));
afterAll(() => void process.off('unhandledRejection', unhandled));
beforeEach(() =>
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  }),
);
afterEach(() => vi.useRealTimers());

/** As the README draws it. */
const MAY_FOLLOW: Readonly<Record<CallStateName, readonly CallStateName[]>> = {
  starting: ['waiting', 'closing'],
  waiting: ['greeting', 'wrapping-up', 'closing'],
  greeting: ['talking', 'recovering', 'wrapping-up', 'closing'],
  talking: ['recovering', 'wrapping-up', 'closing'],
  recovering: ['greeting', 'talking', 'wrapping-up', 'closing'],
  'wrapping-up': ['closing'],
  closing: ['closed'],
  closed: [],
};

/** By then a call is being talked in, or over. */
const UNTIL_TALKING_MS =
  DEADLINES.preparing.ms + DEADLINES.starting.ms + SOUND.callerJoinMs + DEADLINES.greeting.ms;
const OUTCOME_WITHIN_MS =
  DEADLINES.finishingPreparing.ms + SOUND.wrapUpMs + DEADLINES.telling.ms + DEADLINES.farewell.ms;

describe('a call, whatever happens', () => {
  it(
    'has one outcome, legal states, one flush in order, and an end in time',
    { timeout: 60_000 },
    async () => {
      await check(
        aCall,
        async (example) => {
          unhandled.mockClear();
          const call = new RandomCall(example);
          call.run();
          for (const [pauseMs, what] of example.steps) {
            await vi.advanceTimersByTimeAsync(pauseMs);
            call.act(what);
          }
          if (example.lingers) {
            await vi.advanceTimersByTimeAsync(UNTIL_TALKING_MS);
            expect(['starting', 'waiting', 'greeting']).not.toContain(call.lifecycle.state.name);
          }
          const flushed = call.flush();
          let isOver = false;
          void call.outcome?.then(() => (isOver = true));
          await vi.advanceTimersByTimeAsync(OUTCOME_WITHIN_MS);
          expect(isOver).toBe(true);
          await vi.advanceTimersByTimeAsync(SOUND.flushMs * example.observers.length);
          await flushed;

          // One outcome: the same object for whoever asks.
          expect(call.outcomes.size).toBe(1);
          const [outcome] = call.outcomes;
          expect(CALL_END_REASONS).toContain(outcome?.reason);
          expect(call.lifecycle.state).toMatchObject({ name: 'closed', outcome });
          expect(call.ranTwice()).toBe(false);

          // Legal states, from the first to the last, told of once each.
          const { states } = call;
          const illegal = states.filter(
            (state, n) => n > 0 && !MAY_FOLLOW[states[n - 1]!].includes(state),
          );
          expect(illegal).toEqual([]);
          expect(states.length === 0 || states.at(-1) === 'closed').toBe(true);
          expect(call.attached).toBe(states.length > 0 ? 1 : 0);

          // Whoever was attached is flushed once, in order, each when the one before is over.
          const all = example.observers.flatMap((_, n) => [`begin ${n}`, `end ${n}`]);
          expect(call.flushes).toEqual(call.attached > 0 ? ['recorder', ...all] : []);

          // Whatever given code leaves behind on its own account has time to go.
          await vi.advanceTimersByTimeAsync(600_000);
          expect(vi.getTimerCount()).toBe(0);
          await setImmediate();
          expect(unhandled).not.toHaveBeenCalled();
        },
        500,
      );
    },
  );
});
