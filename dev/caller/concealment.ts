import type { Room } from '@livekit/rtc-node';

type Stats = Awaited<ReturnType<Room['getRtcStats']>>['subscriberStats'];

/** Opus is counted at this rate, whatever rate is listened at. */
const SAMPLES_A_MS = 48;

/**
 * How much of the audio received so far was made up by LiveKit's client because the real one was not there in time, in
 * milliseconds. What was made up in silence is left out: nobody hears it.
 */
export function concealedMs(stats: Stats): number {
  const samples = stats.map(({ stats: one }) => {
    const inbound = one.case === 'inboundRtp' ? one.value.inbound : undefined;
    return Number(inbound?.concealedSamples ?? 0) - Number(inbound?.silentConcealedSamples ?? 0);
  });
  return samples.reduce((total, count) => total + count, 0) / SAMPLES_A_MS;
}
