import { expect, test } from 'vitest';
import { readState } from '../../../src/records/delivery/state.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall } from './support/finished-call.js';
import { hook, outbox } from './support/outbox.js';
import { receiver, status } from './support/receiver.js';
import { selfSigned } from './support/self-signed.js';
import { textWith } from './support/text-with.js';

test('a receiver that is down for hours is tried again and again, ever more rarely, then the call is parked', async () => {
  const server = await receiver();
  await server.stop();
  const folder = await finishedCall(temporaryFolder());
  const waits: number[] = [];

  for (;;) {
    // Each attempt by an outbox of its own, as after a restart.
    const box = outbox([hook(server.url)], Date.now() + waits.reduce((sum, ms) => sum + ms, 0));
    await box.deliver(folder);
    const { webhook } = await readState(folder);
    if (webhook?.state !== 'pending') {
      break;
    }
    waits.push(Math.round((await box.untilNext(folder)) / 1_000) * 1_000);
  }

  expect(waits).toHaveLength(11);
  expect(waits.every((wait, position) => wait >= (waits[position - 1] ?? 0))).toBe(true);
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(8 * 3_600_000);
  expect((await readState(folder)).webhook).toMatchObject({
    state: 'parked',
    attempts: 12,
    reason: textWith('ECONNREFUSED'),
  });
});

test('a receiver that never answers, or never ends its answer, is given up in time', async () => {
  const silent = await receiver(() => undefined);
  const endless = await receiver((_request, response) => {
    response.writeHead(500);
    response.write('so far');
  });

  for (const [server, reason] of [
    [silent, 'The receiver did not answer within 0.2 s.'],
    [endless, 'The receiver answered 500. It said: so far'],
  ] as const) {
    const folder = await finishedCall(temporaryFolder());
    await outbox([hook(server.url, 200)]).deliver(folder);

    expect((await readState(folder)).webhook).toMatchObject({ state: 'pending', reason });
  }
});

test('of an answer only the beginning is read, and nothing in it reaches a terminal raw', async () => {
  const server = await receiver((_request, response) => {
    response.writeHead(500);
    response.write('\u001b[2Jgone\u202e ');
    const more = () => {
      while (response.write('x'.repeat(65_536))) {
        // Until the other side no longer reads.
      }
      response.once('drain', more);
    };
    more();
  });
  const folder = await finishedCall(temporaryFolder());

  await outbox([hook(server.url)]).deliver(folder);

  const { webhook } = await readState(folder);
  expect(webhook).toHaveProperty('reason', expect.stringMatching(/It said: \[2Jgone x{5,}$/));
  expect(JSON.stringify(webhook).length).toBeLessThan(500);
});

test('a redirect is not followed: the report goes where it was told to go, or nowhere', async () => {
  const other = await receiver();
  const { url } = await receiver(status(307, { Location: `${other.url}?token=secret` }));
  const folder = await finishedCall(temporaryFolder());

  await outbox([hook(url)]).deliver(folder);

  expect(other.requests).toBe(0);
  const { webhook } = await readState(folder);
  expect(webhook).toMatchObject({ state: 'parked' });
  expect(webhook).toHaveProperty('reason', expect.stringContaining(new URL(other.url).origin));
  expect(JSON.stringify(webhook)).not.toContain('token');
});

test('a certificate that nobody vouches for gets no report; a later one that is good does', async () => {
  const tls = selfSigned();
  const wrong = await receiver(undefined, { tls });
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(wrong.url)]);

  await box.deliver(folder);
  expect(wrong.requests).toBe(0);
  expect((await readState(folder)).webhook).toMatchObject({
    state: 'pending',
    reason: textWith(/self.signed/i),
  });

  const good = await receiver();
  const after = outbox([hook(good.url)]);
  after.advance(60_000);
  await after.deliver(folder);
  expect(good.received).toHaveLength(1);
});

test('a receiver that takes a call and breaks off gets it again, under the same key', async () => {
  const server = await receiver((request, response, position) => {
    if (position === 1) {
      response.destroy();
      return;
    }
    status(200)(request, response, position);
  });
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(server.url)]);

  await box.deliver(folder);
  await box.untilNext(folder);
  await box.deliver(folder);

  expect(server.received.map(({ key, again }) => [key, again])).toEqual([
    ['AJ_1', false],
    ['AJ_1', true],
  ]);
});

test('a receiver that answers twice is believed the first time, and nothing breaks', async () => {
  const server = await receiver((_request, response) => {
    const { socket } = response;
    socket?.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    socket?.write('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n');
  });
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(server.url)]);

  await box.deliver(folder);
  await box.deliver(folder);

  expect(server.requests).toBe(1);
  expect((await readState(folder)).webhook?.state).toBe('delivered');
});

test('neither the log nor the state says anything of the secret, the candidate or the address’s query', async () => {
  const { url } = await receiver(status(500, {}, 'no cand-2 here'));
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(`${url}?key=of-the-receiver`)]);

  await box.deliver(folder);

  expect(box.log.lines.map(([level]) => level)).toEqual(['warn']);
  expect(JSON.stringify(box.log.lines)).not.toContain('cand-2');
  const text = JSON.stringify([box.log.lines, await readState(folder)]);
  expect(text).not.toMatch(/cand-1|of-the-receiver|a-secret-of-a-test/);
});
