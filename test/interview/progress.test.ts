import { expect, test } from 'vitest';
import { cues } from '../../src/interview/cues.js';
import { planLimits } from '../../src/interview/plan-limits.js';
import { PlanProgress } from '../../src/interview/progress.js';
import { fakeCall, planOf } from './fake-call.js';

function progress() {
  const changes: string[] = [];
  return {
    changes,
    progress: new PlanProgress(planOf(), (...change) => changes.push(change.join(' '))),
  };
}

test('questions are given out one after the other, and what became of each is told', () => {
  const { progress: plan, changes } = progress();
  expect(plan.next()?.id).toBe('hard-problem');
  expect(plan.next()?.id).toBe('incident');
  expect(plan.next(true)?.id).toBe('disagreement');
  expect(changes).toEqual([
    'hard-problem asked',
    'hard-problem answered',
    'incident asked',
    'incident skipped',
    'disagreement asked',
  ]);
  expect(plan.current?.id).toBe('disagreement');
  expect(plan.open.map(({ id }) => id)).toEqual(['next-team']);
  expect(
    ['hard-problem', 'incident', 'disagreement', 'next-team'].map((id) => plan.wasAsked(id)),
  ).toEqual([true, false, true, false]);
});

test('after the last question there is none, however often one is asked for', () => {
  const { progress: plan } = progress();
  plan.questions.forEach(() => plan.next());
  expect([plan.next(), plan.next()]).toEqual([undefined, undefined]);
  expect(plan.current).toBeUndefined();
});

test('after an interruption the agent is told where it was', async () => {
  const { data } = await fakeCall();
  expect(cues.standing(data)).toBe('');
  data.progress.next();
  data.progress.next();
  await data.journal.close();
  expect(cues.standing(data)).toContain('incident: Tell me about a time when something broke');
  expect(cues.standing(data)).toContain('Still to be asked: disagreement, next-team.');
});

test('the agent’s cues are in the interview’s language', async () => {
  const { data } = await fakeCall({ plan: planOf('hr-screening-ru') });
  await data.journal.close();
  for (const words of [
    cues.welcomeBack(data),
    cues.nudge(data, 1, 2),
    cues.nudge(data, 2, 2),
    cues.goodbye(data, 'time-limit'),
    cues.goodbye(data, 'caller-silent'),
  ]) {
    expect(words).toContain('Russian');
  }
});

test('limits of the plan hold for its calls; those it does not set are the configuration’s', () => {
  expect(planLimits({ plan: planOf() })).toEqual({ maxDurationMs: 1_800_000, timeHintMs: 180_000 });
});
