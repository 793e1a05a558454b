import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliverCall } from '../../../src/records/delivery/deliver-call.js';
import { createDelivery, type Delivery } from '../../../src/records/delivery/index.js';
import { readState } from '../../../src/records/delivery/state.js';
import type { AttemptResult, DeliveryTarget } from '../../../src/records/delivery/target.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall } from './support/finished-call.js';
import { keptLog } from './support/outbox.js';

const running: Delivery[] = [];
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date'],
  });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((delivery) => delivery.stop()));
  vi.useRealTimers();
});

function recording(result: () => AttemptResult = () => ({ delivered: true })) {
  const sent: string[] = [];
  const target: DeliveryTarget = {
    name: 'webhook',
    send: async (callId) => {
      sent.push(callId);
      return result();
    },
  };
  return { sent, target };
}

function open(dataDir: string, target: DeliveryTarget, recordsKeepMs?: number) {
  const log = keptLog();
  const delivery = createDelivery(
    { dataDir, delivery: { webhook: undefined, s3: undefined }, recordsKeepMs },
    { log, targets: [target], random: () => 0.5 },
  );
  running.push(delivery);
  return { delivery, log };
}

test('a worker that starts delivers what was left, and what is finished later without being told', async () => {
  const data = temporaryFolder();
  const { sent, target } = recording();
  await finishedCall(data, 'AJ_1');
  const { delivery } = open(data, target);

  delivery.start();
  await vi.waitFor(async () => expect(sent).toEqual(['AJ_1']));
  await finishedCall(data, 'AJ_2');
  await vi.waitFor(() => {
    vi.advanceTimersByTime(15_000);
    expect(sent).toEqual(['AJ_1', 'AJ_2']);
  });
});

test('a call that is told of as finished does not wait for the next look', async () => {
  const data = temporaryFolder();
  const { sent, target } = recording();
  const { delivery } = open(data, target);
  await finishedCall(data, 'AJ_1');
  delivery.start();
  await vi.waitFor(() => expect(sent).toEqual(['AJ_1']));
  await finishedCall(data, 'AJ_2');

  await vi.waitFor(() => {
    delivery.callFinished();
    vi.advanceTimersByTime(500);
    expect(sent).toEqual(['AJ_1', 'AJ_2']);
  });
});

test('what failed is tried again when its time has come, also after a restart', async () => {
  const data = temporaryFolder();
  let up = false;
  const { sent, target } = recording(() =>
    up ? { delivered: true } : { delivered: false, permanent: false, reason: 'down' },
  );
  const folder = await finishedCall(data, 'AJ_1');
  const first = open(data, target).delivery;
  first.start();
  await vi.waitFor(async () => expect((await readState(folder)).webhook?.attempts).toBe(1));
  await first.stop();
  up = true;
  vi.advanceTimersByTime(60_000);

  open(data, target).delivery.start();

  await vi.waitFor(async () =>
    expect((await readState(folder)).webhook).toMatchObject({ state: 'delivered', attempts: 2 }),
  );
  expect(sent).toHaveLength(2);
});

test('a parked call that is asked for again by another process is taken up again', async () => {
  const data = temporaryFolder();
  let permanent = true;
  const { sent, target } = recording(() => ({ delivered: false, permanent, reason: 'refused' }));
  const folder = await finishedCall(data, 'AJ_1');
  const { delivery } = open(data, target);
  delivery.start();
  await vi.waitFor(async () => expect((await readState(folder)).webhook?.state).toBe('parked'));
  permanent = false;
  await deliverCall(folder, {
    targets: [target],
    log: keptLog(),
    signal: new AbortController().signal,
    now: Date.now,
    random: () => 0.5,
    anew: true,
  });

  await vi.waitFor(() => {
    vi.advanceTimersByTime(15_000);
    expect(sent.length).toBeGreaterThan(2);
  });
});

test('a worker that stops breaks off an attempt, waits for its end, and holds no claim', async () => {
  const data = temporaryFolder();
  const folder = await finishedCall(data, 'AJ_1');
  let begun = false;
  const { delivery } = open(data, {
    name: 'webhook',
    send: (_callId, _folder, signal) => {
      begun = true;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
      });
    },
  });
  const delivered = delivery.deliver(folder);
  await vi.waitFor(() => expect(begun).toBe(true));

  await delivery.stop();
  await delivered;

  const { sent, target } = recording();
  vi.advanceTimersByTime(60_000);
  await open(data, target).delivery.deliver(folder);
  expect(sent).toEqual(['AJ_1']);
});

test('a call that cannot be tried is logged, and the others are delivered', async () => {
  const data = temporaryFolder();
  const { sent, target } = recording();
  const broken = await finishedCall(data, 'AJ_1');
  await finishedCall(data, 'AJ_2');
  mkdirSync(`${broken}/delivery.json/x`, { recursive: true });
  const { delivery, log } = open(data, target);

  delivery.start();

  await vi.waitFor(() => expect(sent).toEqual(['AJ_2']));
  await vi.waitFor(() => expect(log.lines.some(([level]) => level === 'error')).toBe(true));
  expect(await delivery.deliver(broken)).toBeUndefined();
});

test('old calls are deleted by the worker, now and then', async () => {
  const data = temporaryFolder();
  const { target } = recording();
  const { delivery, log } = open(data, target, 3_600_000);
  await finishedCall(data, 'AJ_1');

  delivery.start();

  await vi.waitFor(() => {
    vi.advanceTimersByTime(3_600_000);
    expect(log.lines.map(([, message]) => message)).toContain('old calls deleted (RECORDS_KEEP)');
  });
});
