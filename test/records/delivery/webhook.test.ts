import { expect, test } from 'vitest';
import { readState } from '../../../src/records/delivery/state.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall, PDF, REPORT } from './support/finished-call.js';
import { hook, outbox } from './support/outbox.js';
import { receiver, status } from './support/receiver.js';
import { textWith } from './support/text-with.js';

test('a finished call arrives whole, signed, with its id as the key, and is delivered once', async () => {
  const { url, received } = await receiver();
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(url)]);

  await box.deliver(folder);
  await box.deliver(folder);

  expect(received).toHaveLength(1);
  expect(received[0]?.key).toBe('AJ_1');
  expect(received[0]?.files.map(({ name }) => name)).toEqual([
    'call.json',
    'report.json',
    'report.md',
    'report.pdf',
    'transcript.json',
    'transcript.md',
  ]);
  expect(received[0]?.files[3]).toEqual({
    name: 'report.pdf',
    type: 'application/pdf',
    bytes: PDF,
  });
  expect(new TextDecoder().decode(received[0]?.files[2]?.bytes)).toBe(REPORT);
  expect((await readState(folder)).webhook).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('a call that is not finished is not delivered', async () => {
  const { url } = await receiver();
  const folder = await finishedCall(temporaryFolder(), 'AJ_1', { 'call.json': null });

  expect(await outbox([hook(url)]).deliver(folder)).toEqual({ kind: 'unfinished' });
});

test('a receiver with another secret refuses, and the call is parked at once', async () => {
  const { url, refused } = await receiver(undefined, {
    secret: 'another-secret-of-the-same-sufficient-length',
  });
  const folder = await finishedCall(temporaryFolder());

  await outbox([hook(url)]).deliver(folder);

  expect(refused).toEqual(['the signature is not of this body and this secret']);
  expect((await readState(folder)).webhook).toMatchObject({
    state: 'parked',
    attempts: 1,
    reason: textWith('answered 401. It said: the signature is not of'),
  });
});

test.each([400, 401, 403, 404, 410, 413, 422, 451])('%i parks at once', async (code) => {
  const { url } = await receiver(status(code));
  const folder = await finishedCall(temporaryFolder());

  await outbox([hook(url)]).deliver(folder);

  expect((await readState(folder)).webhook?.state).toBe('parked');
});

test.each([408, 409, 425, 429, 500, 502, 503, 504, 599])('%i is tried again', async (code) => {
  const { url } = await receiver((request, response, position) =>
    status(position === 1 ? code : 204)(request, response, position),
  );
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(url)]);

  await box.deliver(folder);
  const { webhook } = await readState(folder);
  expect(webhook).toMatchObject({ state: 'pending', attempts: 1 });
  expect(webhook).toHaveProperty('reason', `The receiver answered ${code}.`);

  await box.untilNext(folder);
  await box.deliver(folder);
  expect((await readState(folder)).webhook).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('nothing is sent before its time, and a receiver that asks for patience gets it', async () => {
  const server = await receiver(status(503, { 'Retry-After': '3600' }));
  const folder = await finishedCall(temporaryFolder());
  const box = outbox([hook(server.url)]);

  await box.deliver(folder);
  box.advance(3_599_000);
  await box.deliver(folder);

  expect(server.requests).toBe(1);
  expect(await box.untilNext(folder)).toBe(1_000);
});
