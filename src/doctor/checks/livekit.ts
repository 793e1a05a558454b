import { randomUUID } from 'node:crypto';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Config } from '../../config/schema.js';
import { messageOf, type Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

/** LiveKit's own advice. */
const SECRET_MIN_LENGTH = 32;
/** A token is valid from the second it was made; the server allows for a minute. */
const SKEW_MS = 30_000;
const NOT_READY = 406;

/** LiveKit's HTTP address, which is also its WebSocket's. */
export function httpUrl({ livekit }: Pick<Config, 'livekit'>): string {
  return livekit.url.replace(/^ws/, 'http');
}

/** Whether the server answers, and whether its clock agrees with ours. */
export const livekitServer: Check = {
  name: 'LiveKit server',
  async run(config, signal) {
    const url = httpUrl(config);
    const response = await fetch(url, { signal, redirect: 'manual' }).catch((error: unknown) =>
      messageOf(error),
    );
    if (typeof response === 'string') {
      return [
        wrong('LiveKit server', {
          what: `${config.livekit.url} does not answer: ${response}`,
          why: 'Without it the worker is never asked for an agent.',
          fix: 'Start the server, or set LIVEKIT_URL to where it listens (ws:// without TLS, wss:// with it).',
        }),
      ];
    }
    await response.body?.cancel();
    return [answered(config, response.status), clock(response.headers.get('date'))].filter(
      (finding) => finding !== undefined,
    );
  },
};

function answered({ livekit }: Config, status: number): Finding {
  if (status === 200) {
    return well('LiveKit server', `${livekit.url} answers`);
  }
  return wrong('LiveKit server', {
    what: `${livekit.url} answers with HTTP ${status}${status === NOT_READY ? ' (not ready)' : ''}`,
    why: 'A healthy LiveKit server answers 200 there; a proxy or another program answers otherwise.',
    fix: 'Look at the server’s log; set LIVEKIT_URL to the server itself, or to a proxy that passes everything on.',
  });
}

function clock(date: string | null): Finding | undefined {
  const theirsMs = Date.parse(date ?? '');
  if (Number.isNaN(theirsMs)) {
    return undefined;
  }
  const skewMs = Date.now() - theirsMs;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return Math.abs(skewMs) < SKEW_MS
    ? well('clock', 'agrees with the server’s')
    : wrong('clock', {
        what: `this machine’s is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the server’s`,
        why: 'Tokens are valid from the time of the machine that made them: calls are refused now and then, or always.',
        fix: 'Have both machines keep time (timedatectl set-ntp true).',
      });
}

/** Whether the server knows the key pair. */
export const keyPair: Check = {
  name: 'key pair',
  async run(config) {
    const { apiKey, apiSecret } = config.livekit;
    const rooms = new RoomServiceClient(httpUrl(config), apiKey, apiSecret);
    const problem = await rooms.listRooms([`doctor-${randomUUID()}`]).then(
      () => undefined,
      (error: unknown) => messageOf(error),
    );
    return [
      problem === undefined ? well('key pair', 'the server knows it') : refused(config, problem),
      apiSecret.length >= SECRET_MIN_LENGTH
        ? well('secret', 'is long enough')
        : wrong('secret', {
            what: `LIVEKIT_API_SECRET has ${apiSecret.length} characters`,
            why: 'A short one can be guessed, and whoever has it can join every call.',
            fix: `Make a pair with \`livekit-server generate-keys\` (${SECRET_MIN_LENGTH} characters or more) and give it to server and agent.`,
          }),
    ];
  },
};

function refused({ livekit }: Config, problem: string): Finding {
  const swapped = livekit.apiSecret.startsWith('API') && !livekit.apiKey.startsWith('API');
  return wrong('key pair', {
    what: `the server refuses it: ${problem}`,
    why: 'The worker cannot register, so no call gets an agent.',
    fix: swapped
      ? 'LIVEKIT_API_KEY and LIVEKIT_API_SECRET look swapped: exchange them.'
      : 'Copy LIVEKIT_API_KEY and LIVEKIT_API_SECRET from the server’s `keys` (or LIVEKIT_KEYS, where a space has to follow the colon).',
  });
}
