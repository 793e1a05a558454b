import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';
import { probed, type Address, type Paths, type Probed, type ProbeRequest } from '../probed.js';
import { httpUrl } from './livekit.js';

const TCP_MS = 3_000;
const LOOPBACK = /^(localhost$|127\.|\[?::1\]?$)/;

/** Whether sound can travel: joins a room of its own for a moment, and looks at how. */
export const media: Check = {
  name: 'media',
  async run(config, signal) {
    const name = `doctor-${randomUUID()}`;
    const { apiKey, apiSecret, url } = config.livekit;
    const token = new AccessToken(apiKey, apiSecret, { identity: 'doctor', ttl: '1m' });
    token.addGrant({ room: name, roomJoin: true, canPublishData: true });
    const answer = await probe({ url, token: await token.toJwt() }, signal);
    await new RoomServiceClient(httpUrl(config), apiKey, apiSecret)
      .deleteRoom(name)
      .catch(() => undefined);
    if (!('problem' in answer)) {
      return [udp(answer), await mediaByTcp(answer, url)];
    }
    return [
      wrong('media', {
        what: `a room can be asked for, but nothing can be sent in it: ${answer.problem}`,
        why: 'Callers and agent would join, and neither would hear the other.',
        fix: 'Open rtc.udp_port (7882/udp) and rtc.tcp_port (7881/tcp) from here to the server, and set its node_ip to an address that both can reach.',
      }),
    ];
  },
};

/** In a process of its own: LiveKit's library writes to standard output, which is ours. */
async function probe(request: ProbeRequest, signal: AbortSignal): Promise<Probed> {
  const child = fork(fileURLToPath(new URL('../media-probe.js', import.meta.url)), {
    silent: true,
    signal,
  });
  try {
    child.send(request);
    const [answer] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => [{ problem: 'the attempt ended without a word' }]),
    ]);
    return probed.parse(answer);
  } finally {
    child.kill('SIGKILL');
  }
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

/** @param url LiveKit's, as it is reached from here */
export async function mediaByTcp(
  { used, tcp: addresses }: Pick<Paths, 'used' | 'tcp'>,
  url: string,
): Promise<Finding> {
  const [address] = addresses;
  if (address === undefined) {
    return used === 'tcp'
      ? well('media by TCP', 'is in use')
      : well('media by TCP', 'the server offers none to whom UDP reaches');
  }
  if (LOOPBACK.test(address.host) && !LOOPBACK.test(new URL(url).hostname)) {
    // As in containers on a laptop: from here it means this very container.
    return well(
      'media by TCP',
      `${inWords(address)} is for browsers on the server’s own machine, and cannot be tried from here`,
    );
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

function inWords({ host, port }: Address): string {
  return `${host}:${port}`;
}
