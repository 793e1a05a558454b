import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
