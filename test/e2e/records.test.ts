import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../dev/caller/index.js';
import { callRecord, type CallRecord } from '../../src/records/call/call-record.js';
import { report } from '../../src/records/report/report.js';
import { callAgent, dialogue, greeted, journalOf, last } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** What is in the folder of a call once it is over, however it ended. */

const COMPLETE = [
  'call.json',
  'journal.jsonl',
  'report.json',
  'report.md',
  'report.pdf',
  'transcript.json',
  'transcript.md',
];
const ANSWER = 'I measured it first.';

let stack: TestStack;
let caller: Caller | undefined;

beforeAll(async () => {
  stack = await testStack('dev');
});
afterEach(async () => {
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

async function finished(callId: string): Promise<{ record: CallRecord; folder: string }> {
  const folder = join(stack.dataDir, 'calls', callId);
  const isComplete = async () => (await readdir(folder)).includes('call.json');
  await waitUntil(isComplete, `the records of ${callId}`);
  // What only the writer sees is gone a moment later.
  await waitUntil(
    async () => !(await readdir(folder)).some((name) => /^claim|^lease|tmp$/.test(name)),
    'nothing but records to be left',
  );
  const text = await readFile(join(folder, 'call.json'), 'utf8');
  return { record: callRecord.parse(JSON.parse(text)), folder };
}

it('a call that ends leaves a complete folder, which nobody else may read', async () => {
  const { caller, callId } = await talk();
  await caller.leave();

  const { record, folder } = await finished(callId);

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

  const { record, folder } = await finished(callId);

  expect((await readdir(folder)).sort()).toEqual(COMPLETE);
  expect(record).toMatchObject({ outcome: 'crashed', recovered: true, report: { late: true } });
  const transcript = await readFile(join(folder, 'transcript.json'), 'utf8');
  for (const line of before) {
    expect(transcript).toContain(JSON.stringify(line.replace(/^\w+: /, '')).slice(1, -1));
  }
});
