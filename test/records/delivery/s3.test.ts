import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startS3Server, type S3Server } from '../../../dev/stack/index.js';
import { forgetInS3 } from '../../../src/records/delivery/s3/forget.js';
import { s3Target } from '../../../src/records/delivery/s3/s3-target.js';
import { readState } from '../../../src/records/delivery/state.js';
import { startWebhookReceiver } from '../../../dev/webhook-receiver/index.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall, PDF } from './support/finished-call.js';
import { hook, outbox, SECRET } from './support/outbox.js';
import { textWith } from './support/text-with.js';

const BUCKET = 'records';
const place = { bucket: BUCKET, prefix: 'our/calls' };
let server: S3Server | undefined;
let folderOfServer: string;

// The first run may build the server.
beforeAll(async () => {
  folderOfServer = await mkdtemp(join(tmpdir(), 'steadfast-s3-'));
  const options = {
    folder: folderOfServer,
    onProgress: (message: string) => process.stderr.write(`s3: ${message}\n`),
  };
  server = await startS3Server(options, [BUCKET]).catch((error: unknown) => {
    if (String(error).includes('No S3 server can be had here')) {
      process.stderr.write(`\n!!! The tests of S3 are SKIPPED. ${String(error)}\n\n`);
      return undefined;
    }
    throw error;
  });
  for (const [name, value] of Object.entries(server?.env ?? {})) {
    vi.stubEnv(name, value);
  }
}, 25 * 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.stop();
  await rm(folderOfServer, { recursive: true, force: true });
});

/** The server, whose folder is looked into; a test without one is skipped. */
function bucket(skip: () => void): string {
  if (server === undefined) {
    skip();
  }
  return server?.bucketFolder(BUCKET) ?? '';
}

function files(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : [];
}

test('all that is kept of a call arrives in the bucket, byte for byte, and is listed for the candidate', async ({
  skip,
}) => {
  const objects = bucket(skip);
  const folder = await finishedCall(temporaryFolder(), 'AJ_whole');

  await outbox([s3Target(place)]).deliver(folder);

  expect((await readState(folder)).s3).toMatchObject({ state: 'delivered', attempts: 1 });
  const call = join(objects, 'our/calls/calls/AJ_whole');
  expect(files(call)).toEqual([
    'call.json',
    'journal.jsonl',
    'report.json',
    'report.md',
    'report.pdf',
    'transcript.json',
    'transcript.md',
  ]);
  for (const name of files(call)) {
    expect(readFileSync(join(call, name)), name).toEqual(readFileSync(join(folder, name)));
  }
  expect(new Uint8Array(readFileSync(join(call, 'report.pdf')))).toEqual(PDF);
  expect(files(join(objects, 'our/calls/candidates/cand-1'))).toContain('AJ_whole');
});

test('each target has its own state: a webhook that is down holds up no bucket, nor the other way round', async ({
  skip,
}) => {
  bucket(skip);
  const receiver = await startWebhookReceiver({ secret: SECRET });
  onTestFinished(() => receiver.stop());
  const folder = await finishedCall(temporaryFolder(), 'AJ_both');
  const wrong = s3Target({ bucket: 'no-such-bucket', prefix: '' });
  const box = outbox([hook(receiver.url), wrong]);

  await box.deliver(folder);

  expect(await readState(folder)).toMatchObject({
    webhook: { state: 'delivered' },
    s3: { state: 'pending', reason: textWith('NoSuchBucket') },
  });
  const mended = outbox([hook(receiver.url), s3Target(place)]);
  await mended.untilNext(folder, 's3');
  await mended.deliver(folder);

  expect((await readState(folder)).s3?.state).toBe('delivered');
  expect(receiver.requests).toBe(1);
});

test('a wrong key is told by its name, and never quoted', async ({ skip }) => {
  bucket(skip);
  const right = process.env['AWS_SECRET_ACCESS_KEY'];
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-wrong-secret');
  onTestFinished(() => void vi.stubEnv('AWS_SECRET_ACCESS_KEY', right));
  const folder = await finishedCall(temporaryFolder(), 'AJ_key');
  const box = outbox([s3Target(place)]);

  await box.deliver(folder);

  expect((await readState(folder)).s3).toMatchObject({
    state: 'pending',
    reason: textWith('SignatureDoesNotMatch'),
  });
  expect(JSON.stringify([box.log.lines, await readState(folder)])).not.toContain('wrong-secret');
});

test('a server that is down is tried again', async ({ skip }) => {
  bucket(skip);
  const up = process.env['AWS_ENDPOINT_URL'];
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
  onTestFinished(() => void vi.stubEnv('AWS_ENDPOINT_URL', up));
  const folder = await finishedCall(temporaryFolder(), 'AJ_down');

  await outbox([s3Target(place)]).deliver(folder);

  expect((await readState(folder)).s3).toMatchObject({
    state: 'pending',
    reason: textWith('ECONNREFUSED'),
  });
});

test('a forgotten candidate is gone from the bucket, whoever brought the calls, and nobody else is', async ({
  skip,
}) => {
  const objects = bucket(skip);
  const one = { bucket: BUCKET, prefix: 'forget' };
  const box = outbox([s3Target(one)]);
  for (const [callId, candidateId] of [
    ['AJ_a', 'cand-1'],
    ['AJ_b', 'cand-1'],
    ['AJ_c', 'cand-11'],
  ] as const) {
    const call = JSON.stringify({ callId, candidateId });
    await box.deliver(await finishedCall(temporaryFolder(), callId, { 'call.json': call }));
  }

  const gone = await forgetInS3(one, 'cand-1', []);

  expect(gone).toHaveLength(2 * 7 + 2);
  expect(files(join(objects, 'forget')).filter((name) => name.includes('AJ_c'))).toHaveLength(8);
  expect(files(join(objects, 'forget'))).toHaveLength(8);
  expect(await forgetInS3(one, 'cand-1', [])).toEqual([]);
});
