import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startWebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { Claim } from '../../src/records/keeper/claim.js';
import { Lease } from '../../src/records/keeper/lease.js';
import { temporaryFolder } from '../dev/stack/support/temporary-folder.js';
import { ANY_CALL, finishedCall } from '../records/delivery/support/finished-call.js';
import { SECRET } from '../records/delivery/support/outbox.js';
import { calls, json } from './support.js';
import { textWith } from '../records/delivery/support/text-with.js';

const parked = JSON.stringify({
  webhook: { state: 'parked', attempts: 12, parkedAt: '2026-01-01T12:00:00Z', reason: 'was down' },
});

async function receiver() {
  const started = await startWebhookReceiver({ secret: SECRET });
  onTestFinished(() => started.stop());
  return started;
}

test('a parked call that is retried is delivered at once, and only that one', async () => {
  const { url, received } = await receiver();
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', { 'delivery.json': parked });
  await finishedCall(data, 'AJ_2', { 'delivery.json': parked });

  const { output, exitCode } = await calls(data, ['retry', 'AJ_1'], url);

  expect([output, exitCode]).toEqual([expect.stringMatching(/^AJ_1 {2}webhook: delivered/), 0]);
  expect(received.map(({ key }) => key)).toEqual(['AJ_1']);
  expect(await json(data, ['retry', '--parked'], url)).toMatchObject([
    { callId: 'AJ_2', result: 'delivered' },
  ]);
  expect((await calls(data, ['retry', '--parked'], url)).output).toBe('Nothing is parked.\n');
  expect((await calls(data, ['retry', 'AJ_1'], url)).exitCode).toBe(0);
  expect(received).toHaveLength(2);
});

test('a retry that fails says why, ends with 1, and the worker goes on from there', async () => {
  const server = await receiver();
  await server.stop();
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', { 'delivery.json': parked });

  const { output, exitCode } = await calls(data, ['retry', '--parked'], server.url);

  expect(exitCode).toBe(1);
  expect(output).toContain('ECONNREFUSED');
  expect(await json(data, [])).toMatchObject([
    { delivery: { webhook: { state: 'pending', attempts: 1 } } },
  ]);
});

test('a retry with nowhere to deliver to, of an unknown call, or beside a worker says so', async () => {
  const { url, requests } = await receiver();
  const data = temporaryFolder();
  const folder = await finishedCall(data, 'AJ_1');
  await finishedCall(data, 'AJ_open', { 'call.json': null });

  expect(await calls(data, ['retry', 'AJ_1'])).toMatchObject({ exitCode: 2 });
  expect(await calls(data, ['retry', 'AJ_9'], url)).toMatchObject({ exitCode: 1 });
  expect((await calls(data, ['retry', 'AJ_open'], url)).output).toContain('is not finished yet');
  const claim = await Claim.take(folder);
  const { output, exitCode } = await calls(data, ['retry', 'AJ_1'], url);
  await claim?.release();

  expect([output, exitCode]).toEqual([expect.stringContaining('a worker has it in hand'), 1]);
  expect(requests).toBe(0);
});

test('a forgotten candidate leaves nothing behind, and everybody else stays', async () => {
  const data = temporaryFolder();
  const others = {
    'call.json': JSON.stringify({ callId: 'AJ_3', ...ANY_CALL, candidateId: 'cand-2' }),
  };
  await finishedCall(data, 'AJ_1', {
    'delivery.json': JSON.stringify({
      webhook: { state: 'delivered', attempts: 1, deliveredAt: '2026-01-01T13:00:00Z' },
    }),
  });
  await finishedCall(data, 'AJ_2', { 'call.json': null });
  await finishedCall(data, 'AJ_3', others);

  const { output, exitCode } = await calls(data, ['forget', 'cand-1']);

  expect(exitCode).toBe(0);
  expect(output).toContain('removed  AJ_1: call.json, delivery.json, journal.jsonl, report.json');
  expect(output).toContain('removed  AJ_2: journal.jsonl');
  expect(output).toContain("Sent to the webhook before, or tried: AJ_1. The receiver's copies");
  expect(readdirSync(join(data, 'calls'))).toEqual(['AJ_3']);
  expect((await calls(data, ['forget', 'cand-1'])).output).toContain('Nothing is kept of');
});

test('what is known of the candidate goes, too, and nothing outside of that folder', async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, 'candidates'));
  for (const file of ['candidates/cand-1.json', 'candidates/cand-2.json', 'other.json']) {
    writeFileSync(join(data, file), '{}');
  }

  expect((await calls(data, ['forget', 'cand-1'])).output).toContain('candidates/cand-1.json');
  await calls(data, ['forget', '../other']);

  expect(readdirSync(join(data, 'candidates'))).toEqual(['cand-2.json']);
  expect(existsSync(join(data, 'other.json'))).toBe(true);
});

test('a call that goes on is left, and said to be left', async () => {
  const data = temporaryFolder();
  const folder = await finishedCall(data, 'AJ_1', { 'call.json': null });
  const lease = await Lease.take(folder);

  const result = await json(data, ['forget', 'cand-1']);
  const { exitCode } = await calls(data, ['forget', 'cand-1']);
  await lease.release();

  expect(result).toMatchObject({ removed: [], left: [{ callId: 'AJ_1' }] });
  expect(exitCode).toBe(1);
  expect(existsSync(folder)).toBe(true);
});

test.each(['../AJ_1', '*', 'cand-', 'CAND-1', 'cand-1 '])(
  'only the very id is forgotten, not %j',
  async (id) => {
    const data = temporaryFolder();
    await finishedCall(data, 'AJ_1');

    await calls(data, ['forget', id]);

    expect(readdirSync(join(data, 'calls'))).toEqual(['AJ_1']);
  },
);

test('as a program it needs only DATA_DIR, keeps standard output clean, and ends with its code', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1');
  const env = { PATH: process.env['PATH'], DATA_DIR: data };
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/calls.ts', ...args], { env });

  expect(JSON.parse((await run('--json')).stdout)).toMatchObject([{ callId: 'AJ_1' }]);
  await expect(run('show', 'AJ_9')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: textWith('There is no call "AJ_9"'),
  });
});
