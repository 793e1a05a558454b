import { Room } from '@livekit/rtc-node';
import { messageOf } from './check.js';
import type { Address, Paths, Probed, ProbeRequest } from './probed.js';

/** A program of its own: joins a room, sends a byte, says how it travelled, and is ended by whoever started it. */

const CONNECT_MS = 12_000;

// eslint-disable-next-line no-restricted-syntax -- a program of its own, in which there is no call
process.once('message', (request: ProbeRequest) => {
  void probe(request).then((answer) => process.send?.(answer));
});

async function probe({ url, token }: ProbeRequest): Promise<Probed> {
  const room = new Room();
  try {
    await within(CONNECT_MS, joinAndSend(room, url, token));
    return await pathsOf(room);
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

async function joinAndSend(room: Room, url: string, token: string): Promise<void> {
  await room.connect(url, token, { autoSubscribe: false, dynacast: false });
  // Resolves when the connection for media is there.
  await room.localParticipant?.publishData(new Uint8Array([1]), { reliable: true });
}

async function pathsOf(room: Room): Promise<Paths> {
  const { publisherStats, subscriberStats } = await room.getRtcStats();
  const stats = [...publisherStats, ...subscriberStats].map(({ stats: one }) => one);
  const candidates = stats.flatMap((one) =>
    one.case === 'remoteCandidate'
      ? [{ id: one.value.rtc?.id, ...readCandidate(one.value.candidate) }]
      : [],
  );
  const nominated = stats.flatMap((one) =>
    one.case === 'candidatePair' && one.value.candidatePair?.nominated === true
      ? [one.value.candidatePair.remoteCandidateId]
      : [],
  );
  const addresses = (protocol: string): Address[] =>
    candidates
      .filter((one) => one.protocol === protocol && one.host !== '' && one.port > 0)
      .map(({ host, port }) => ({ host, port }));
  return {
    used: candidates.find(({ id }) => id !== undefined && nominated.includes(id))?.protocol,
    udp: addresses('udp'),
    tcp: addresses('tcp'),
  };
}

function readCandidate(
  candidate: { address?: string; port?: number; protocol?: string } | undefined,
) {
  return {
    host: candidate?.address ?? '',
    port: candidate?.port ?? 0,
    protocol: candidate?.protocol?.toLowerCase() ?? '',
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
