import { setTimeout as pause } from 'node:timers/promises';
import type { RecordsConfig } from '../config/records.js';
import { forgetInS3 } from '../records/delivery/s3/forget.js';
import { Claim } from '../records/keeper/claim.js';
import { removeFolder } from '../records/retention/remove-folder.js';
import type { CallInfo } from './call-info.js';
import { removeCandidateFile, type CandidateFile } from './candidate-file.js';
import { readAll } from './list.js';
import { printable } from './printable.js';
import { CommandError, type CommandResult } from './result.js';

/** An attempt to deliver is over by then. */
const CLAIM_WAIT_MS = 70_000;
const CLAIM_POLL_MS = 500;

interface RemovedCall {
  readonly callId: string;
  readonly files: readonly string[];
  /** Where a copy was delivered to that is not ours to remove. */
  readonly copies: readonly string[];
}

interface LeftCall {
  readonly callId: string;
  readonly why: string;
}

/**
 * Removes every call of a candidate from this folder and from the bucket, and what is known of them in the folder of
 * candidates; says what is gone and what is not.
 */
export async function forget(
  config: RecordsConfig,
  candidatesDir: string,
  candidateId: string,
): Promise<CommandResult> {
  if (candidateId.trim() === '' || candidateId.length > 256) {
    throw new CommandError('A candidate id has 1 to 256 characters.', 2);
  }
  const calls = (await readAll(config.dataDir)).filter((call) => call.candidateId === candidateId);
  const removed: RemovedCall[] = [];
  const left: LeftCall[] = [];
  for (const call of calls) {
    const outcome = await remove(call);
    if ('why' in outcome) {
      left.push(outcome);
    } else {
      removed.push(outcome);
    }
  }
  const { s3 } = config.delivery;
  const bucket =
    s3 === undefined
      ? undefined
      : await inBucket(() =>
          forgetInS3(
            s3,
            candidateId,
            removed.map(({ callId }) => callId),
          ),
        );
  const file = await removeCandidateFile(candidatesDir, candidateId);
  const failed = (bucket !== undefined && 'error' in bucket) || (file && 'left' in file);
  return {
    text: wordsOf(candidateId, removed, left, bucket, file),
    json: { candidateId, removed, left, bucket: bucket ?? null, file: file ?? null },
    exitCode: left.length > 0 || failed === true ? 1 : 0,
  };
}

type BucketResult = { readonly keys: readonly string[] } | { readonly error: string };

async function inBucket(forgetAll: () => Promise<readonly string[]>): Promise<BucketResult> {
  try {
    return { keys: await forgetAll() };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

async function remove({
  callId,
  folder,
  status,
  delivery,
}: CallInfo): Promise<RemovedCall | LeftCall> {
  if (status === 'running') {
    return { callId, why: 'is still going on; run this again when it is over' };
  }
  // Under a claim: nobody finishes or sends what is being removed.
  const claim = await claimed(folder);
  if (claim === undefined) {
    return { callId, why: 'a worker has it in hand; run this again in a quarter of an hour' };
  }
  try {
    const files = await removeFolder(folder);
    const copies = delivery.webhook === undefined ? [] : ['webhook'];
    return { callId, files: files.filter((name) => !/^claim-/.test(name)).sort(), copies };
  } finally {
    await claim.release();
  }
}

async function claimed(folder: string): Promise<Claim | undefined> {
  for (let waitedMs = 0; waitedMs <= CLAIM_WAIT_MS; waitedMs += CLAIM_POLL_MS) {
    const claim = await Claim.take(folder);
    if (claim !== undefined) {
      return claim;
    }
    await pause(CLAIM_POLL_MS);
  }
  return undefined;
}

function wordsOf(
  candidateId: string,
  removed: readonly RemovedCall[],
  left: readonly LeftCall[],
  bucket: BucketResult | undefined,
  file: CandidateFile | undefined,
): string {
  const sent = removed.filter(({ copies }) => copies.length > 0);
  const lines = [
    ...removed.map(({ callId, files }) => `removed  ${callId}: ${files.join(', ')}`),
    ...left.map(({ callId, why }) => `LEFT     ${callId}: ${why}`),
    ...(bucket === undefined
      ? []
      : 'error' in bucket
        ? [`LEFT     the bucket: ${bucket.error}. Run this again.`]
        : bucket.keys.map((key) => `removed  from the bucket: ${key}`)),
    ...(file === undefined
      ? []
      : 'left' in file
        ? [`LEFT     ${file.left}: ${file.why}`]
        : [`removed  ${file.removed}`]),
  ].map((line) => printable(line));
  const nothing = lines.length === 0;
  return [
    ...(nothing ? [`Nothing is kept of the candidate "${printable(candidateId)}" here.`] : lines),
    ...(sent.length === 0
      ? []
      : [
          `Sent to the webhook before, or tried: ${sent.map(({ callId }) => callId).join(', ')}. The receiver's copies are its own to remove.`,
        ]),
  ].join('\n');
}
