import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { writeWhole, type FillFile } from '../../../src/records/files.js';
import { CLAIM_MS } from '../../../src/records/keeper/claim.js';
import * as sample from '../sample-call.js';
import {
  callFolderWith,
  COMPLETE,
  filesOf,
  grownOld,
  isDone,
  keeperOf,
  recordOf,
  whole,
} from './call-folders.js';

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
