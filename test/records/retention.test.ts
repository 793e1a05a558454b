import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Claim } from '../../src/records/keeper/claim.js';
import { applyRetention } from '../../src/records/retention/retention.js';
import { temporaryFolder } from '../dev/stack/support/temporary-folder.js';
import { ANY_CALL, finishedCall } from './delivery/support/finished-call.js';
import { keptLog } from './delivery/support/outbox.js';

const DAY_MS = 24 * 3_600_000;
const ENDED_MS = Date.parse(ANY_CALL.endedAt);
const webhook = [{ name: 'webhook' }] as const;

function state(name: 'delivered' | 'pending' | 'parked') {
  const at = '2026-01-01T13:00:00.000Z';
  const states = {
    delivered: { state: 'delivered', attempts: 1, deliveredAt: at },
    pending: { state: 'pending', attempts: 1, nextAt: at },
    parked: { state: 'parked', attempts: 12, parkedAt: at, reason: 'down' },
  };
  return { 'delivery.json': JSON.stringify({ webhook: states[name] }) };
}

function keep(dataDir: string, targets: Parameters<typeof applyRetention>[1], nowMs: number) {
  return applyRetention({ dataDir, recordsKeepMs: 90 * DAY_MS }, targets, keptLog(), nowMs);
}

test('a call is deleted, folder and all, when its time is up and not before', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', state('delivered'));

  expect(await keep(data, webhook, ENDED_MS + 90 * DAY_MS)).toEqual([]);
  expect(await keep(data, webhook, ENDED_MS + 90 * DAY_MS + 1)).toEqual(['AJ_1']);
  expect(readdirSync(join(data, 'calls'))).toEqual([]);
});

test('without RECORDS_KEEP nothing is ever deleted', async () => {
  const data = temporaryFolder();
  const folder = await finishedCall(data);
  const log = keptLog();

  await applyRetention({ dataDir: data, recordsKeepMs: undefined }, [], log, ENDED_MS * 2);

  expect(existsSync(folder)).toBe(true);
});

test('what is not finished, waits to be delivered, is in somebody’s hand or tells no time stays', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_open', { ...state('delivered'), 'call.json': null });
  await finishedCall(data, 'AJ_pending', state('pending'));
  await finishedCall(data, 'AJ_never-tried');
  await finishedCall(data, 'AJ_broken', { ...state('delivered'), 'call.json': '{' });
  const claimed = await Claim.take(await finishedCall(data, 'AJ_claimed', state('delivered')));
  await finishedCall(data, 'AJ_parked', state('parked'));

  expect(await keep(data, webhook, ENDED_MS + 91 * DAY_MS)).toEqual(['AJ_parked']);
  await claimed?.release();
  // A target that is no longer configured is not waited for.
  expect(await keep(data, [], ENDED_MS + 91 * DAY_MS)).toEqual([
    'AJ_claimed',
    'AJ_never-tried',
    'AJ_pending',
  ]);
});

test('a removal that a dying process left half done is finished', async () => {
  const data = temporaryFolder();
  const grave = join(data, 'calls', '.removed-AJ_1-0a1b2c3d');
  mkdirSync(grave, { recursive: true });
  writeFileSync(join(grave, 'transcript.md'), 'what was said');

  await keep(data, [], ENDED_MS);

  expect(readdirSync(join(data, 'calls'))).toEqual([]);
});
