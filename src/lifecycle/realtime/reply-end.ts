import { ConnectionError } from './connection-error.js';
import type { responseOf } from './server-event.js';
import { fromServiceError } from './service-errors.js';

/** Why the service cuts a reply short, when that is as it should be. */
const CUT_SHORT: ReadonlySet<string> = new Set(['turn_detected', 'client_cancelled']);

/**
 * What the end of a reply means: that the service has done its duty, or has failed; `undefined` is neither. However it
 * ends: a caller who waits, and hears nothing, has been failed.
 *
 * @param isSilent whether it is known to have brought nothing
 * @param isExcused whether the caller or we have cut it short
 */
export function meaningOfEnd(
  { status, status_details: details }: Partial<NonNullable<ReturnType<typeof responseOf>>>,
  isSilent: boolean,
  isExcused: boolean,
): 'completed' | ConnectionError | undefined {
  const reason = details?.reason ?? '';
  if (status === 'failed') {
    return fromServiceError(details?.error ?? {}, 'the reply failed');
  }
  if (!isSilent) {
    return status === 'completed' ? 'completed' : undefined;
  }
  if (isExcused || CUT_SHORT.has(reason)) {
    return undefined;
  }
  const how = [status, reason].filter(Boolean).join(', ');
  return new ConnectionError(`the reply ended without a sound (${how})`, { category: 'server' });
}
