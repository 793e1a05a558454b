import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'Steadfast-Signature';

/**
 * The value of the signature's header: `t=<seconds since 1970>,v1=<hex>`, an HMAC-SHA256 over the time as it stands
 * there, a dot, and the body byte for byte. docs/delivery.md tells receivers how to check it.
 */
export function signatureOf(body: Uint8Array, secret: string, nowMs: number): string {
  const time = String(Math.floor(nowMs / 1_000));
  const digest = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
  return `t=${time},v1=${digest}`;
}
