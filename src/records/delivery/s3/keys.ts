import type { S3Place } from '../../../config/delivery.js';

/** The folder of one call in the bucket, with a slash at its end. */
export function callPrefix({ prefix }: S3Place, callId: string): string {
  return `${folder(prefix)}calls/${callId}/`;
}

/**
 * The folder that lists a candidate's calls, with a slash at its end: an empty object for each, named after the call. So
 * that a candidate can be forgotten without reading every call there is.
 */
export function candidatePrefix({ prefix }: S3Place, candidateId: string): string {
  return `${folder(prefix)}candidates/${encodeURIComponent(candidateId).replaceAll('.', '%2E')}/`;
}

function folder(prefix: string): string {
  return prefix === '' ? '' : `${prefix}/`;
}
