import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Lease } from '../../../src/records/keeper/lease.js';
import type { KeeperOptions } from '../../../src/records/keeper/record-keeper.js';
import { report } from '../../../src/records/report/report.js';
import * as sample from '../sample-call.js';
import {
  brokenOff,
  callFolderWith,
  COMPLETE,
  filesOf,
  grownOld,
  isDone,
  keeperOf,
  recordOf,
  whole,
} from './call-folders.js';

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
