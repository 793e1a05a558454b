import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfig } from '../../src/config/schema.js';
import { complete } from '../config/complete-environment.js';
import { composeService } from './support/compose.js';

const server = z.object({
  port: z.number(),
  rtc: z.looseObject({ tcp_port: z.number(), udp_port: z.number() }),
  room: z.object({ departure_timeout: z.number() }),
});

describe.each([
  { name: 'livekit', file: 'deploy/livekit.yaml' },
  { name: 'livekit-2', file: 'deploy/livekit-2.yaml' },
])('$file', ({ name, file }) => {
  const written: unknown = parse(readFileSync(file, 'utf8'));
  const { port, rtc, room } = server.parse(written);

  it('can be reached by the agent’s container: ICE lite and an address of this machine alone do not go together', () => {
    expect(rtc).not.toHaveProperty('use_ice_lite');
  });

  it('listens where compose publishes it, for media under the very same numbers', () => {
    const inside = composeService(name).ports.map((one) => one.split(':').slice(1));
    expect(inside).toContainEqual([expect.any(String), String(port)]);
    expect(inside).toContainEqual([String(rtc.tcp_port), String(rtc.tcp_port)]);
    expect(inside).toContainEqual([String(rtc.udp_port), `${rtc.udp_port}/udp`]);
  });

  it('keeps a room open for longer than a caller is waited for', () => {
    const { rejoinGraceMs } = parseConfig(complete).limits;
    expect(room.departure_timeout * 1_000).toBeGreaterThan(rejoinGraceMs);
  });

  it('has no key in it', () => {
    expect(written).not.toHaveProperty('keys');
  });
});
