import { expect, test } from 'vitest';
import { fakeCall, planOf } from '../interview/fake-call.js';
import { runTool } from './run-tool.js';

test('the call is ended as completed, once', async () => {
  const call = await fakeCall();
  await runTool(call, 'end_interview');
  await call.data.journal.close();

  expect(call.ends).toEqual([['completed', undefined]]);
});

test('the model is told to say goodbye, in the interview’s language and words', async () => {
  const call = await fakeCall({ plan: planOf('hr-screening-ru') });
  const told = await runTool(call, 'end_interview');
  await call.data.journal.close();

  expect(told).toContain('in Russian');
  expect(told).toContain('До свидания');
});
