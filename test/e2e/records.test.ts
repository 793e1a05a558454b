import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../dev/caller/index.js';
import { report } from '../../src/records/report/report.js';
import { callAgent, dialogue, greeted, journalOf, last, PATIENCE } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { COMPLETE, finished } from './support/records.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** What is in the folder of a call once it is over, however it ended. */

const ANSWER = 'I measured it first.';

let stack: TestStack;
let caller: Caller | undefined;

beforeAll(async () => {
  stack = await testStack('dev');
});
afterEach(async () => {
  await stack.simulator.control.clearFaults();
  await caller?.leave();
  caller = undefined;
  await exits(jobProcesses(stack.worker.pid));
});
afterAll(() => stack.end());

/** A call in which both sides have spoken. */
async function talk(): Promise<{ caller: Caller; callId: string }> {
  caller = await callAgent(stack);
  const callId = await greeted(caller);
  await caller.say(ANSWER);
  await waitUntil(
    async () => dialogue(await journalOf(stack, callId)).some((line) => line.startsWith('caller')),
    'the answer to be written down',
  );
  return { caller, callId };
}

it('a call that ends leaves a complete folder, which nobody else may read', async () => {
  const { caller, callId } = await talk();
  await caller.leave();

  const { record, folder } = await finished(stack, callId);

  expect((await readdir(folder)).sort()).toEqual(COMPLETE);
  const [outcome] = [last(await journalOf(stack, callId), 'outcome')];
  expect(record).toMatchObject({
    callId,
    outcome: outcome?.reason,
    interview: 'hr-screening-en',
    report: { source: 'after-call', late: true, partial: true },
    recovered: false,
    missing: [],
  });
  expect(record.costEstimate.amount).toBeGreaterThan(0);
  expect(record.costEstimate.unpriced).toEqual([]);
  const made = report.parse(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')));
  expect(made.questions).toHaveLength(4);
  expect(await readFile(join(folder, 'transcript.md'), 'utf8')).toContain('Candidate');
  expect((await readFile(join(folder, 'report.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  for (const name of COMPLETE) {
    expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
  }
});

it('a call whose process is killed has a complete folder all the same, and says that it crashed', async () => {
  const { callId } = await talk();
  const before = dialogue(await journalOf(stack, callId));
  const [pid] = jobProcesses(stack.worker.pid);
  process.kill(pid!, 'SIGKILL');

  const { record, folder } = await finished(stack, callId);

  expect((await readdir(folder)).sort()).toEqual(COMPLETE);
  expect(record).toMatchObject({ outcome: 'crashed', recovered: true, report: { late: true } });
  const transcript = await readFile(join(folder, 'transcript.json'), 'utf8');
  for (const line of before) {
    expect(transcript).toContain(JSON.stringify(line.replace(/^\w+: /, '')).slice(1, -1));
  }
});

it('a call that lost its model for good has its report all the same, made from what was said', async () => {
  const { caller, callId } = await talk();
  await stack.simulator.control.addFault({ fault: 'reject-upgrade', on: 'every', status: 503 });
  await stack.simulator.control.addFault({ fault: 'drop', on: 'current' });
  await caller.waitForAgentToLeave(PATIENCE);

  const { record, folder } = await finished(stack, callId);

  expect((await readdir(folder)).sort()).toEqual(COMPLETE);
  expect(record).toMatchObject({
    outcome: 'model-unavailable',
    report: { source: 'after-call', late: true, partial: true },
  });
});
