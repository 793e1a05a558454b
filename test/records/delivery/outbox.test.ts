import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DeliveryTarget } from '../../../src/records/delivery/target.js';
import { readState } from '../../../src/records/delivery/state.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall } from './support/finished-call.js';
import { outbox } from './support/outbox.js';

test('two workers on one folder deliver a call once', async () => {
  let sent = 0;
  const slow: DeliveryTarget = {
    name: 'webhook',
    async send() {
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return { delivered: true };
    },
  };
  const folder = await finishedCall(temporaryFolder());
  const boxes = Array.from({ length: 6 }, () => outbox([slow]));

  for (let round = 0; round < 5; round += 1) {
    await Promise.all(boxes.map((box) => box.deliver(folder)));
  }
  await boxes[0]?.deliver(folder);

  expect(sent).toBe(1);
  expect((await readState(folder)).webhook).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('a process that dies in the middle of an attempt has used it up: there is no end without end', async () => {
  const folder = await finishedCall(temporaryFolder());
  let begun = 0;
  const hangs: DeliveryTarget = {
    name: 'webhook',
    send: (_callId, _folder, signal) => {
      begun += 1;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
      });
    },
  };
  let startMs = Date.now();
  for (let deaths = 0; deaths < 20; deaths += 1) {
    const box = outbox([hangs], startMs);
    const delivery = box.deliver(folder);
    // Its end is the last one's: parked, without having begun.
    await Promise.race([delivery, expect.poll(() => begun).toBe(deaths + 1)]);
    box.stop.abort();
    await delivery;
    startMs += 24 * 3_600_000;
  }

  expect(begun).toBe(12);
  expect((await readState(folder)).webhook).toMatchObject({ state: 'parked', attempts: 12 });
});

test('a state that makes no sense costs a second delivery, never a lost one', async () => {
  let sent = 0;
  const target: DeliveryTarget = {
    name: 'webhook',
    send: async () => {
      sent += 1;
      return { delivered: true };
    },
  };
  const folder = await finishedCall(temporaryFolder());
  for (const nonsense of ['{"webhook":{"state":"deliv', '[]', '', '{"webhook":{"state":"lost"}}']) {
    writeFileSync(join(folder, 'delivery.json'), nonsense);
    await outbox([target]).deliver(folder);
  }

  expect(sent).toBe(4);
});

test('an attempt is written down before it begins, with the time of the next, so that death does not undo it', async () => {
  const folder = await finishedCall(temporaryFolder());
  let seen: unknown;
  const target: DeliveryTarget = {
    name: 'webhook',
    send: async () => {
      seen = await readState(folder);
      return { delivered: true };
    },
  };
  const startMs = Date.now();

  await outbox([target], startMs).deliver(folder);

  const nextAt = new Date(startMs + 10_000).toISOString();
  expect(seen).toEqual({ webhook: { state: 'pending', attempts: 1, nextAt } });
});

test('where the state can be neither read nor written nothing is sent', async () => {
  let sent = 0;
  const target: DeliveryTarget = {
    name: 'webhook',
    send: async () => {
      sent += 1;
      return { delivered: true };
    },
  };
  const folder = await finishedCall(temporaryFolder(), 'AJ_1');
  mkdirSync(join(folder, 'delivery.json', 'x'), { recursive: true });

  await expect(outbox([target]).deliver(folder)).rejects.toThrow();
  expect(sent).toBe(0);
});
