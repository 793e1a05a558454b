import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callRecord } from '../../../src/records/call/call-record.js';
import type { JournalEntry } from '../../../src/records/journal/index.js';
import { RecordKeeper, type KeeperOptions } from '../../../src/records/keeper/record-keeper.js';
import { dataFolder } from '../../interview/fake-call.js';
import * as sample from '../sample-call.js';

const RECORDS = ['call.json', 'journal.jsonl', 'report.json', 'report.md', 'report.pdf'];
export const COMPLETE = [...RECORDS, 'transcript.json', 'transcript.md'];

export async function callFolderWith(entries: readonly JournalEntry[], end = ''): Promise<string> {
  const dataDir = await dataFolder();
  const folder = join(dataDir, 'calls', 'AJ_1');
  await mkdir(folder, { recursive: true });
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') + end;
  await writeFile(join(folder, 'journal.jsonl'), text);
  return dataDir;
}

export function keeperOf(dataDir: string, options: Partial<KeeperOptions> = {}) {
  const problems: string[] = [];
  const done: string[] = [];
  const keeper = new RecordKeeper({
    dataDir,
    realtimeModel: 'gpt-realtime-mini',
    subjectOf: () => sample.subject,
    writeReport: async () => sample.content,
    drawPages: async () => Buffer.from('%PDF-'),
    onProblem: (_callId, problem) => problems.push(problem),
    onFinished: (callId) => done.push(callId),
    ...options,
  });
  return { keeper, problems, done };
}

export const whole = sample.entries(sample.call, ...sample.dialogue, sample.ended);
export const brokenOff = sample.entries(sample.call, ...sample.dialogue);

export const filesOf = async (dataDir: string) =>
  (await readdir(join(dataDir, 'calls', 'AJ_1'))).sort();
export const recordOf = async (dataDir: string) =>
  callRecord.parse(JSON.parse(await readFile(join(dataDir, 'calls', 'AJ_1', 'call.json'), 'utf8')));
export const isDone = async (dataDir: string) => (await filesOf(dataDir)).includes('call.json');

/** As if nobody had written for two minutes. */
export async function grownOld(
  dataDir: string,
  name = 'journal.jsonl',
  ageMs = 120_000,
): Promise<void> {
  const then = new Date(Date.now() - ageMs);
  await utimes(join(dataDir, 'calls', 'AJ_1', name), then, then);
}
