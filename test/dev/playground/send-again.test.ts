import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appWith, livekit, newCall, ORIGIN, post } from './support/app.js';

/** Stands in for LiveKit's API: says who is in the room, and takes down what it was asked. */
let server: Server;
let asked: string[];
let inTheRoom: readonly object[];

beforeEach(async () => {
  asked = [];
  inTheRoom = [];
  server = createServer((request, response) => {
    const method = request.url?.split('/').at(-1) ?? '';
    asked.push(method);
    const answers: Readonly<Record<string, object>> = {
      ListRooms: { rooms: inTheRoom.length === 0 ? [] : [{ name: 'a-room' }] },
      ListParticipants: { participants: inTheRoom },
      ListDispatch: { agentDispatches: [] },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[method] ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A call that was begun, and a way to ask for its agent again. */
async function begun() {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const app = appWith({ livekit: { ...livekit, url: `ws://127.0.0.1:${port}` } });
  const response = await post('{"interview":"hr-screening-en"}', {}, app);
  const { token, pass } = newCall.parse(await response.json());
  const { sub } = await new TokenVerifier(livekit.apiKey, livekit.apiSecret).verify(token);
  return {
    identity: sub,
    askAgain: () =>
      app.request(`${ORIGIN}/api/calls/agent`, {
        method: 'POST',
        headers: { host: '127.0.0.1:8088', 'content-type': 'application/json' },
        body: JSON.stringify({ pass }),
      }),
  };
}

describe('whoever asks for an agent again', () => {
  it('gets one when they wait in the room', async () => {
    const { identity, askAgain } = await begun();
    inTheRoom = [{ identity }];
    expect((await askAgain()).status).toBe(204);
    expect(asked).toContain('CreateDispatch');
  });

  it('gets no second one', async () => {
    const { identity, askAgain } = await begun();
    inTheRoom = [{ identity }, { identity: 'agent-1', kind: 'AGENT' }];
    expect((await askAgain()).status).toBe(204);
    expect(asked).not.toContain('CreateDispatch');
  });

  it.each([
    ['the room is gone', []],
    ['only somebody else is there', [{ identity: 'somebody' }]],
  ])('and is not in the room, gets none: it would wait for nobody (%s)', async (_why, people) => {
    const { askAgain } = await begun();
    inTheRoom = people;
    expect((await askAgain()).status).toBe(410);
    expect(asked).not.toContain('CreateDispatch');
  });
});
