import { createHmac, timingSafeEqual } from 'node:crypto';

/** A message older than that may be one that somebody has recorded and sends again. */
const OLDEST_MS = 5 * 60_000;

/**
 * Why a message is not to be believed, or undefined: it comes from who has the secret, a moment ago. Written from
 * docs/delivery.md and nothing else: it knows nothing of how the agent signs.
 */
export function whyNotGenuine(
  header: string | undefined,
  body: Uint8Array,
  secret: string,
  nowMs: number,
): string | undefined {
  const [, time, digest] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (time === undefined || digest === undefined) {
    return 'the signature is missing, or is none';
  }
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(digest, 'hex'))) {
    return 'the signature is not of this body and this secret';
  }
  return Math.abs(nowMs - Number(time) * 1_000) > OLDEST_MS
    ? 'the signature is more than five minutes old, or from the future'
    : undefined;
}
