import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { callRecord } from '../../../src/records/call/call-record.js';
import { writeWhole, type FillFile } from '../../../src/records/files.js';
import type { JournalEntry } from '../../../src/records/journal/index.js';
import { CLAIM_MS } from '../../../src/records/keeper/claim.js';
import { Lease } from '../../../src/records/keeper/lease.js';
import { RecordKeeper, type KeeperOptions } from '../../../src/records/keeper/record-keeper.js';
import { report } from '../../../src/records/report/report.js';
import { dataFolder } from '../../interview/fake-call.js';
import * as sample from '../sample-call.js';

const RECORDS = ['call.json', 'journal.jsonl', 'report.json', 'report.md', 'report.pdf'];
const COMPLETE = [...RECORDS, 'transcript.json', 'transcript.md'];

async function callFolderWith(entries: readonly JournalEntry[], end = ''): Promise<string> {
  const dataDir = await dataFolder();
  const folder = join(dataDir, 'calls', 'AJ_1');
  await mkdir(folder, { recursive: true });
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') + end;
  await writeFile(join(folder, 'journal.jsonl'), text);
  return dataDir;
}

function keeperOf(dataDir: string, options: Partial<KeeperOptions> = {}) {
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

const whole = sample.entries(sample.call, ...sample.dialogue, sample.ended);
const brokenOff = sample.entries(sample.call, ...sample.dialogue);

const filesOf = async (dataDir: string) => (await readdir(join(dataDir, 'calls', 'AJ_1'))).sort();
const recordOf = async (dataDir: string) =>
  callRecord.parse(JSON.parse(await readFile(join(dataDir, 'calls', 'AJ_1', 'call.json'), 'utf8')));
const isDone = async (dataDir: string) => (await filesOf(dataDir)).includes('call.json');

/** As if nobody had written for two minutes. */
async function grownOld(dataDir: string, name = 'journal.jsonl', ageMs = 120_000): Promise<void> {
  const then = new Date(Date.now() - ageMs);
  await utimes(join(dataDir, 'calls', 'AJ_1', name), then, then);
}

test('a call that has ended gets all of its records, and nothing else is left', async () => {
  const dataDir = await callFolderWith(whole);
  const { keeper, done, problems } = keeperOf(dataDir);

  await keeper.sweep();
  await keeper.sweep();

  expect(await filesOf(dataDir)).toEqual(COMPLETE);
  expect(await recordOf(dataDir)).toMatchObject({
    callId: 'AJ_1',
    room: 'room-1',
    candidateId: 'c-17',
    outcome: 'completed',
    durationMs: 600_000,
    report: { source: 'after-call', late: true, partial: true },
    recovered: false,
    tornLines: 0,
  });
  expect([done, problems]).toEqual([['AJ_1'], []]);
  for (const name of COMPLETE.filter((one) => one !== 'journal.jsonl')) {
    expect((await stat(join(dataDir, 'calls', 'AJ_1', name))).mode & 0o777).toBe(0o600);
  }
});

test('what the agent saved is the report, and no model is asked', async () => {
  const saved = {
    type: 'report' as const,
    report: { ...sample.content, summary: 'By the agent.' },
  };
  const dataDir = await callFolderWith(
    sample.entries(sample.call, ...sample.dialogue, saved, sample.ended),
  );
  const writeReport = vi.fn<KeeperOptions['writeReport']>();
  await keeperOf(dataDir, { writeReport }).keeper.sweep();

  const text = await readFile(join(dataDir, 'calls', 'AJ_1', 'report.json'), 'utf8');
  expect(report.parse(JSON.parse(text))).toMatchObject({
    summary: 'By the agent.',
    source: 'agent',
    late: false,
  });
  expect(writeReport).not.toHaveBeenCalled();
});

test('a call in which the caller never spoke has no report', async () => {
  const dataDir = await callFolderWith(sample.entries(sample.call, sample.ended));
  await keeperOf(dataDir).keeper.sweep();

  expect(await filesOf(dataDir)).toEqual([
    'call.json',
    'journal.jsonl',
    'transcript.json',
    'transcript.md',
  ]);
  expect((await recordOf(dataDir)).report).toBeUndefined();
});

test('when no model answers, the report is the transcript, and says so', async () => {
  const dataDir = await callFolderWith(whole);
  const failing = async () => Promise.reject(new Error('503'));
  const { keeper, problems } = keeperOf(dataDir, { writeReport: failing });
  await keeper.sweep();

  expect((await recordOf(dataDir)).report).toMatchObject({ source: 'transcript-only', late: true });
  const text = await readFile(join(dataDir, 'calls', 'AJ_1', 'report.md'), 'utf8');
  expect(text).toContain('No report could be made of this interview');
  expect(text).toContain('found a race in the payment queue');
  expect(problems).toEqual(['no report could be made of the transcript']);
});

test('a report that cannot be drawn costs report.pdf and nothing else', async () => {
  const dataDir = await callFolderWith(whole);
  await keeperOf(dataDir, {
    drawPages: async () => Promise.reject(new Error('no font')),
  }).keeper.sweep();

  expect(await filesOf(dataDir)).toEqual(COMPLETE.filter((name) => name !== 'report.pdf'));
  expect((await recordOf(dataDir)).missing).toEqual(['report.pdf']);
});

describe('a call whose process was killed', () => {
  test('is crashed, with all that was said until then, also when its last line is torn', async () => {
    const dataDir = await callFolderWith(brokenOff, '{"seq":4,"type":"utter');
    const { keeper } = keeperOf(dataDir);
    await keeper.callEnded('AJ_1', 4711);

    expect(await recordOf(dataDir)).toMatchObject({
      outcome: 'crashed',
      recovered: true,
      tornLines: 1,
      startedAt: brokenOff[0]!.at,
      endedAt: brokenOff.at(-1)!.at,
      usage: [],
    });
    const transcript = await readFile(join(dataDir, 'calls', 'AJ_1', 'transcript.md'), 'utf8');
    expect(transcript).toContain('found a race in the payment queue');
  });

  test('is left alone while its lease counts, and finished once it does not', async () => {
    const dataDir = await callFolderWith(brokenOff);
    const lease = await Lease.take(join(dataDir, 'calls', 'AJ_1'));
    const { keeper } = keeperOf(dataDir);

    await keeper.sweep();
    expect(await isDone(dataDir)).toBe(false);

    await keeper.callEnded('AJ_1', process.pid);
    expect(await isDone(dataDir)).toBe(true);
    await lease.release();
  });

  test('without a lease is left alone while its journal may still grow', async () => {
    const dataDir = await callFolderWith(brokenOff);
    const { keeper } = keeperOf(dataDir);

    await keeper.sweep();
    expect(await isDone(dataDir)).toBe(false);

    await grownOld(dataDir);
    await keeper.sweep();
    expect(await isDone(dataDir)).toBe(true);
  });

  test('before its first line has a record as well', async () => {
    const dataDir = await callFolderWith([]);
    await grownOld(dataDir);
    await keeperOf(dataDir).keeper.sweep();

    expect(await recordOf(dataDir)).toMatchObject({ callId: 'AJ_1', outcome: 'crashed' });
  });
});

describe('several keepers on one folder', () => {
  test('finish each call once', async () => {
    const dataDir = await callFolderWith(whole);
    const asked = vi.fn(async () => sample.content);
    const keepers = Array.from({ length: 5 }, () => keeperOf(dataDir, { writeReport: asked }));

    await Promise.all(keepers.map(({ keeper }) => keeper.sweep()));

    expect(keepers.flatMap(({ done }) => done)).toEqual(['AJ_1']);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await filesOf(dataDir)).toEqual(COMPLETE);
  });

  test('finish it once, too, when the first stood still until its claim had run out', async () => {
    const dataDir = await callFolderWith(whole);
    let goOn = (): void => undefined;
    let now = Date.now();
    const standsStill = keeperOf(dataDir, {
      now: () => now,
      writeReport: () =>
        new Promise((resolve) => {
          goOn = () => resolve({ ...sample.content, summary: 'too late' });
        }),
    });
    const late = standsStill.keeper.sweep();
    await vi.waitFor(async () => expect(await filesOf(dataDir)).toContain('transcript.md'));
    await grownOld(dataDir, 'claim-1', CLAIM_MS + 1_000);
    const second = keeperOf(dataDir);
    await second.keeper.sweep();
    now += CLAIM_MS + 1_000;
    goOn();
    await late;

    expect([standsStill.done, second.done]).toEqual([[], ['AJ_1']]);
    expect(standsStill.problems).toEqual([]);
    const text = await readFile(join(dataDir, 'calls', 'AJ_1', 'report.json'), 'utf8');
    expect(text).not.toContain('too late');
  });
});

test('on a full disk there is no call.json and no half a file; with room again it is finished', async () => {
  const dataDir = await callFolderWith(whole);
  let room = 0;
  const untilFull: FillFile = async (file, data) => {
    room -= 1;
    if (room < 0) {
      await file.writeFile(data.slice(0, 3));
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    await file.writeFile(data);
  };
  const { keeper, problems } = keeperOf(dataDir, {
    write: (file, data) => writeWhole(file, data, untilFull),
  });

  for (let space = 0; space < 5; space += 1) {
    room = space;
    await keeper.sweep();
    const files = await filesOf(dataDir);
    expect(files).not.toContain('call.json');
    expect(files.filter((name) => name.includes('tmp') || name.startsWith('claim'))).toEqual([]);
  }
  expect(problems).toHaveLength(5);

  room = 100;
  await keeper.sweep();
  expect(await filesOf(dataDir)).toEqual(COMPLETE);
});

test('a keeper that is stopped leaves the call to the next one', async () => {
  const dataDir = await callFolderWith(whole);
  let isAsked = false;
  const first = keeperOf(dataDir, {
    writeReport: (_facts, _subject, signal) =>
      new Promise((_resolve, reject) => {
        isAsked = true;
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  const sweeping = first.keeper.sweep();
  await vi.waitFor(() => expect(isAsked).toBe(true));
  await first.keeper.stop();
  await sweeping;
  expect(await isDone(dataDir)).toBe(false);

  const second = keeperOf(dataDir);
  await second.keeper.sweep();
  expect([first.done, second.done]).toEqual([[], ['AJ_1']]);
  expect((await recordOf(dataDir)).report?.source).toBe('after-call');
});

test('whatever a journal consists of, its call gets a record', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.subarray(whole),
      fc.nat(),
      async (noise, entries, cut) => {
        const dataDir = await callFolderWith(entries, noise);
        const file = join(dataDir, 'calls', 'AJ_1', 'journal.jsonl');
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.slice(0, cut % (text.length + 1)));
        const { keeper, problems } = keeperOf(dataDir);
        await keeper.callEnded('AJ_1', 4711);
        expect(problems).toEqual([]);
        expect((await recordOf(dataDir)).callId).toBe('AJ_1');
      },
    ),
    { numRuns: 50 },
  );
}, 60_000);

test('a keeper that is killed in the middle leaves no half a file, and the next one finishes', async () => {
  const dataDir = await callFolderWith(whole);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/processes/keeper-that-hangs.ts', dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const left = await filesOf(dataDir);
  expect(left).toContain('claim-1');
  expect(left).not.toContain('call.json');
  expect(left.filter((name) => name.startsWith('report'))).toEqual([]);
  await appendFile(join(dataDir, 'calls', 'AJ_1', '.report.json.0123456789ab.tmp'), '{"sum');

  const { keeper } = keeperOf(dataDir);
  await keeper.sweep();
  expect(await isDone(dataDir)).toBe(false);

  await grownOld(dataDir, 'claim-1', CLAIM_MS + 1_000);
  await keeper.sweep();
  expect(await filesOf(dataDir)).toEqual(COMPLETE);
}, 60_000);
