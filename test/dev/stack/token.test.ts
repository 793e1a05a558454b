import { expect, test } from 'vitest';
import { z } from 'zod';
import { callerToken } from '../../../dev/stack/token.js';

const REQUEST = {
  livekit: { apiKey: 'key', apiSecret: 'a secret of more than thirty-two characters' },
  room: 'room-1',
  identity: 'caller-1',
  agentName: 'interviewer',
  metadata: '{"interview":"hr-screening-en"}',
};

async function claims(): Promise<Record<string, unknown>> {
  const payload = (await callerToken(REQUEST)).split('.')[1]!;
  const parsed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return z.record(z.string(), z.unknown()).parse(parsed);
}

test('a caller may enter one room, with a microphone, for ten minutes', async () => {
  const { video, sub, exp, nbf } = await claims();
  expect(sub).toBe('caller-1');
  expect(Number(exp) - Number(nbf)).toBe(600);
  expect(video).toEqual({
    room: 'room-1',
    roomJoin: true,
    canSubscribe: true,
    canPublish: true,
    canPublishSources: ['microphone'],
    canPublishData: true,
  });
});

test('the agent is sent to the room the token creates', async () => {
  const { roomConfig } = await claims();
  expect(roomConfig).toMatchObject({
    agents: [{ agentName: 'interviewer', metadata: '{"interview":"hr-screening-en"}' }],
  });
});
