import { randomUUID } from 'node:crypto';
import { Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callerToken } from '../../dev/stack/index.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack('dev');
});
afterAll(() => stack.end());

it('a caller is sent nothing over the framework’s remote control', async () => {
  const { livekit, agentName } = stack;
  const room = new Room();
  let told = 0;
  room.registerByteStreamHandler('lk.agent.session', () => {
    told += 1;
  });
  let state: string | undefined;
  room.on(RoomEvent.ParticipantAttributesChanged, (changed) => {
    state = changed['call.state'] ?? state;
  });
  const token = await callerToken({
    livekit,
    room: `test-${randomUUID()}`,
    identity: `caller-${randomUUID()}`,
    agentName,
  });
  await room.connect(livekit.url, token, { autoSubscribe: true, dynacast: false });
  // By then its state has changed several times, and it has spoken: each would have been told.
  await waitUntil(() => state === 'talking', 'the greeting to be over');
  await room.disconnect();
  expect(told).toBe(0);
});
