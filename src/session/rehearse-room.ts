import { setTimeout as pause } from 'node:timers/promises';
import { AudioFrame, AudioSource, LocalAudioTrack, Room } from '@livekit/rtc-node';

/** Nobody listens there: joining fails at once. */
const NOWHERE = 'ws://127.0.0.1:1';
/** Should somebody listen there after all, or a firewall swallow it: a prewarm that takes too long is killed, again and again. */
const LONGEST_MS = 1000;
const SAMPLE_RATE = 24_000;
const TEN_MS = SAMPLE_RATE / 100;

/**
 * Joins no room and plays to nobody, in a process that waits for its call: what LiveKit's client does for the first time is
 * slow, about a tenth of a second on two cores, and the first caller would wait for it. Never rejects.
 */
export async function rehearseRoom(url: string = NOWHERE): Promise<void> {
  const room = new Room();
  const joined = room.connect(url, '', { autoSubscribe: true, dynacast: false });
  // The call says it better, should anything fail there as well.
  const late = pause(LONGEST_MS, undefined, { ref: false });
  await Promise.race([joined.catch(() => undefined), late]);
  await playToNobody().catch(() => undefined);
}

async function playToNobody(): Promise<void> {
  const source = new AudioSource(SAMPLE_RATE, 1);
  const track = LocalAudioTrack.createAudioTrack('rehearsal', source);
  await source.captureFrame(new AudioFrame(new Int16Array(TEN_MS), SAMPLE_RATE, 1, TEN_MS));
  await track.close();
}
