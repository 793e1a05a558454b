import { inject } from 'vitest';

/** The LiveKit server that this file has to itself while it runs. */
export function ownLiveKit() {
  const livekits = inject('livekits');
  const livekit = livekits[Number(process.env['VITEST_POOL_ID']) - 1];
  if (livekit === undefined) {
    throw new Error(`no LiveKit server for worker ${process.env['VITEST_POOL_ID'] ?? '?'}`);
  }
  return livekit;
}
