import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCalls } from '../../../src/calls/run.js';
import { forgetInS3 } from '../../../src/records/delivery/s3/forget.js';
import { openS3 } from '../../../src/records/delivery/s3/s3-client.js';
import { s3Target } from '../../../src/records/delivery/s3/s3-target.js';
import { readState } from '../../../src/records/delivery/state.js';
import { startWebhookReceiver } from '../../../dev/webhook-receiver/index.js';
import { temporaryFolder } from '../../dev/stack/support/temporary-folder.js';
import { finishedCall, PDF } from './support/finished-call.js';
import { hook, outbox, SECRET } from './support/outbox.js';
import { BUCKET, filesIn, s3Bucket } from './support/s3-bucket.js';
import { textWith } from './support/text-with.js';

const place = { bucket: BUCKET, prefix: 'our/calls' };
const bucket = s3Bucket();

test('all that is kept of a call arrives in the bucket, byte for byte, and is listed for the candidate', async ({
  skip,
}) => {
  const objects = bucket(skip);
  const folder = await finishedCall(temporaryFolder(), 'AJ_whole');

  await outbox([s3Target(place)]).deliver(folder);

  expect((await readState(folder)).s3).toMatchObject({ state: 'delivered', attempts: 1 });
  const call = join(objects, 'our/calls/calls/AJ_whole');
  expect(filesIn(call)).toEqual([
    'call.json',
    'journal.jsonl',
    'report.json',
    'report.md',
    'report.pdf',
    'transcript.json',
    'transcript.md',
  ]);
  for (const name of filesIn(call)) {
    expect(readFileSync(join(call, name)), name).toEqual(readFileSync(join(folder, name)));
  }
  expect(new Uint8Array(readFileSync(join(call, 'report.pdf')))).toEqual(PDF);
  expect(filesIn(join(objects, 'our/calls/candidates/cand-1'))).toContain('AJ_whole');
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
  expect(filesIn(join(objects, 'forget')).filter((name) => name.includes('AJ_c'))).toHaveLength(8);
  expect(filesIn(join(objects, 'forget'))).toHaveLength(8);
  expect(await forgetInS3(one, 'cand-1', [])).toEqual([]);
});

test('the listing comes first and call.json last, so that what is in the bucket can be found and is whole', async ({
  skip,
}) => {
  bucket(skip);
  const keys: string[] = [];
  const folder = await finishedCall(temporaryFolder(), 'AJ_order');
  const target = s3Target({ bucket: BUCKET, prefix: '' }, async () => {
    const access = await openS3();
    access.client.middlewareStack.add(
      (next) => (args) => {
        keys.push('Key' in args.input ? (args.input.Key ?? '') : '');
        return next(args);
      },
      { step: 'initialize' },
    );
    return access;
  });

  await outbox([target]).deliver(folder);

  expect(keys[0]).toBe('candidates/cand-1/AJ_order');
  expect(keys.at(-1)).toBe('calls/AJ_order/call.json');
  expect(keys).toHaveLength(8);
});

test('`forget` reaches the bucket, and says when it did not', async ({ skip }) => {
  const objects = bucket(skip);
  const data = temporaryFolder();
  const env = { DATA_DIR: data, RECORDS_URL: `s3://${BUCKET}/cli` };
  const box = outbox([s3Target({ bucket: BUCKET, prefix: 'cli' })]);
  await box.deliver(await finishedCall(data, 'AJ_1'));
  await box.deliver(await finishedCall(temporaryFolder(), 'AJ_of-another-machine'));

  const wrong = { ...env, RECORDS_URL: 's3://no-such-bucket/cli' };
  const failed = await runCalls(['forget', 'cand-1'], wrong);
  expect([failed.exitCode, failed.output]).toEqual([1, expect.stringContaining('LEFT     the bu')]);
  const { exitCode, output } = await runCalls(['forget', 'cand-1'], env);

  expect(exitCode).toBe(0);
  expect(output).toContain('removed  from the bucket: cli/calls/AJ_1/report.pdf');
  expect(output).toContain('removed  from the bucket: cli/calls/AJ_of-another-machine/call.json');
  expect(filesIn(join(objects, 'cli'))).toEqual([]);
});
