import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { callRecord, type CallRecord } from '../../../src/records/call/call-record.js';
import type { TestStack } from './stack.js';
import { waitUntil } from './wait.js';

/** What is in the folder of a call once its records are complete; the report only when there is one. */
export const COMPLETE = [
  'call.json',
  'journal.jsonl',
  'report.json',
  'report.md',
  'report.pdf',
  'transcript.json',
  'transcript.md',
];

/** Waits until the records of a call are complete, and nobody works on them any more. */
export async function finished(
  { dataDir }: Pick<TestStack, 'dataDir'>,
  callId: string,
): Promise<{ record: CallRecord; folder: string }> {
  const folder = join(dataDir, 'calls', callId);
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

const leaseFile = z.looseObject({ pid: z.number() });

/** The process that holds a call, by what it says of itself. */
export async function processOf(
  stack: Pick<TestStack, 'dataDir'>,
  callId: string,
): Promise<number> {
  return (await leaseOf(stack, callId)).lease.pid;
}

/** As if the call's process had been gone for longer than a lease counts. */
export async function letLeaseRunOut(
  stack: Pick<TestStack, 'dataDir'>,
  callId: string,
): Promise<void> {
  const { file, lease } = await leaseOf(stack, callId);
  await writeFile(file, JSON.stringify({ ...lease, expiresAt: '2020-01-01T00:00:00.000Z' }));
}

async function leaseOf({ dataDir }: Pick<TestStack, 'dataDir'>, callId: string) {
  const file = join(dataDir, 'calls', callId, 'lease.json');
  return { file, lease: leaseFile.parse(JSON.parse(await readFile(file, 'utf8'))) };
}
