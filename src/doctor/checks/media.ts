import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Room } from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { messageOf, type Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';
import { httpUrl } from './livekit.js';

const CONNECT_MS = 12_000;
const TCP_MS = 3_000;

/** Where the server said that media can be sent, and what was used. */
interface Paths {
  readonly used: string | undefined;
  readonly udp: readonly Address[];
  readonly tcp: readonly Address[];
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Whether sound can travel: joins a room of its own for a moment, and looks at how. */
export const media: Check = {
  name: 'media',
  async run(config) {
    const name = `doctor-${randomUUID()}`;
    const { apiKey, apiSecret, url } = config.livekit;
    const token = new AccessToken(apiKey, apiSecret, { identity: 'doctor', ttl: '1m' });
    token.addGrant({ room: name, roomJoin: true, canPublishData: true });
    const room = new Room();
    try {
      const jwt = await token.toJwt();
      await within(CONNECT_MS, joinAndSend(room, url, jwt));
      const paths = await pathsOf(room);
      return [udp(paths), await tcp(paths)];
    } catch (error) {
      return [
        wrong('media', {
          what: `a room can be asked for, but nothing can be sent in it: ${messageOf(error)}`,
          why: 'Callers and agent would join, and neither would hear the other.',
          fix: 'Open rtc.udp_port (7882/udp) and rtc.tcp_port (7881/tcp) from here to the server, and set its node_ip to an address that both can reach.',
        }),
      ];
    } finally {
      await within(CONNECT_MS, room.disconnect()).catch(() => undefined);
      await new RoomServiceClient(httpUrl(config), apiKey, apiSecret)
        .deleteRoom(name)
        .catch(() => undefined);
    }
  },
};

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

function udp({ used, udp: addresses }: Paths): Finding {
  const where = addresses.map(inWords).join(', ');
  return used === undefined || used === 'udp'
    ? well('media by UDP', `sound travels by ${used ?? 'what was found'}${where && `, ${where}`}`)
    : wrong('media by UDP', {
        what: `sound travels by TCP; UDP did not get through${where && ` (${where})`}`,
        why: 'TCP waits for lost packets: on a bad network the voices stutter.',
        fix: 'Open the server’s rtc.udp_port (7882/udp) from here; in Docker publish it under the same number.',
      });
}

async function tcp({ used, tcp: addresses }: Paths): Promise<Finding> {
  const [address] = addresses;
  if (address === undefined) {
    return used === 'tcp'
      ? well('media by TCP', 'is in use')
      : well('media by TCP', 'the server offers none to whom UDP reaches');
  }
  const problem = await reaches(address);
  return problem === undefined
    ? well('media by TCP', `${inWords(address)} is open, for callers whom UDP does not reach`)
    : wrong('media by TCP', {
        what: `${inWords(address)} cannot be reached: ${problem}`,
        why: 'Callers in networks without UDP join, and hear nothing.',
        fix: 'Open the server’s rtc.tcp_port (7881/tcp); in Docker publish it under the same number.',
      });
}

function reaches({ host, port }: Address): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TCP_MS });
    const done = (problem?: string): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => done());
    socket.once('timeout', () => done(`no answer within ${TCP_MS / 1000} s`));
    socket.once('error', (error) => done(error.message));
  });
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

function inWords({ host, port }: Address): string {
  return `${host}:${port}`;
}
