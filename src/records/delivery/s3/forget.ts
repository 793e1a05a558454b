import type { S3Place } from '../../../config/delivery.js';
import { CALL_ID } from '../../journal/path.js';
import { callPrefix, candidatePrefix } from './keys.js';
import { openS3, type S3Access } from './s3-client.js';

/** As many as one request may name. */
const BATCH = 1_000;

/**
 * Removes a candidate's calls from the bucket: those that the bucket lists for the candidate, whichever machine brought
 * them, and `callIds` besides. Answers the keys that are gone. Versions that the bucket itself keeps of what is
 * deleted are its owner's affair.
 *
 * @throws the client's error; what was removed until then is gone, and a second run finds the rest.
 */
export async function forgetInS3(
  place: S3Place,
  candidateId: string,
  callIds: readonly string[],
  open: () => Promise<S3Access> = openS3,
): Promise<string[]> {
  const access = await open();
  try {
    const listing = candidatePrefix(place, candidateId);
    const listed = await keysUnder(access, place, listing);
    const ids = new Set([...callIds, ...listed.map((key) => key.slice(listing.length))]);
    const keys: string[] = [];
    for (const callId of ids) {
      if (CALL_ID.test(callId)) {
        keys.push(...(await keysUnder(access, place, callPrefix(place, callId))));
      }
    }
    // The listing goes last: as long as it is there, what was not removed is found again.
    await remove(access, place, keys);
    await remove(access, place, listed);
    return [...keys, ...listed];
  } finally {
    access.client.destroy();
  }
}

async function keysUnder({ client, s3 }: S3Access, place: S3Place, prefix: string) {
  const keys: string[] = [];
  const pages = s3.paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix: prefix });
  for await (const { Contents = [] } of pages) {
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
  }
  return keys;
}

async function remove({ client, s3 }: S3Access, place: S3Place, keys: readonly string[]) {
  for (let from = 0; from < keys.length; from += BATCH) {
    const Objects = keys.slice(from, from + BATCH).map((Key) => ({ Key }));
    const { Errors = [] } = await client.send(
      new s3.DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first !== undefined) {
      throw new Error(
        `The bucket did not delete ${Errors.length} objects: ${first.Code ?? 'no code'}, ${first.Message ?? ''}`,
      );
    }
  }
}
