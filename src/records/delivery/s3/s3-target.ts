import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { S3Place } from '../../../config/delivery.js';
import { CALL_FILES } from '../../call-folder.js';
import { readCallFiles, RECORD_FILES } from '../call-files.js';
import { ATTEMPT_MS, type DeliveryTarget } from '../target.js';
import { callPrefix, candidatePrefix } from './keys.js';
import { openS3, type S3Access } from './s3-client.js';

const withCandidate = z.object({ candidateId: z.string().min(1).optional() });

interface Upload {
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly ContentType?: string;
}

/** Copies all that is kept of a call into a bucket. */
export function s3Target(place: S3Place, open: () => Promise<S3Access> = openS3): DeliveryTarget {
  let access: Promise<S3Access> | undefined;
  return {
    name: 's3',
    async send(callId, folder, signal) {
      const uploads = await uploadsOf(place, callId, folder);
      const timeUp = AbortSignal.timeout(ATTEMPT_MS);
      try {
        access ??= open();
        const { client, s3 } = await access;
        for (const upload of uploads) {
          const put = new s3.PutObjectCommand({ Bucket: place.bucket, ...upload });
          await client.send(put, { abortSignal: AbortSignal.any([signal, timeUp]) });
        }
        return { delivered: true };
      } catch (error) {
        signal.throwIfAborted();
        const reason = timeUp.aborted
          ? `The bucket did not take the records within ${ATTEMPT_MS / 1_000} s.`
          : `The bucket did not take the records: ${wordsOf(error)}.`;
        // Nothing is permanent here: keys expire and are renewed, buckets are made.
        return { delivered: false, permanent: false, reason };
      }
    },
  };
}

/** First what makes the call findable, last call.json: in the bucket, too, it means that all the others are there. */
async function uploadsOf(place: S3Place, callId: string, folder: string): Promise<Upload[]> {
  const uploads = (await readCallFiles(folder, RECORD_FILES)).map(({ name, type, bytes }) => ({
    Key: `${callPrefix(place, callId)}${name}`,
    Body: bytes,
    ContentType: type,
  }));
  const isCall = ({ Key }: Upload) => Key.endsWith(`/${CALL_FILES.call}`);
  const candidateId = await candidateOf(folder);
  return [
    ...(candidateId === undefined
      ? []
      : [{ Key: `${candidatePrefix(place, candidateId)}${callId}`, Body: new Uint8Array() }]),
    ...uploads.filter((upload) => !isCall(upload)),
    ...uploads.filter(isCall),
  ];
}

async function candidateOf(folder: string): Promise<string | undefined> {
  const call = withCandidate.safeParse(
    JSON.parse(await readFile(join(folder, CALL_FILES.call), 'utf8')),
  );
  return call.data?.candidateId;
}

/** The SDK's errors are named after S3's codes; the message alone often says less. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.message === '' || error.message.includes(error.name)
    ? error.message || error.name
    : `${error.name}, ${error.message}`;
}
