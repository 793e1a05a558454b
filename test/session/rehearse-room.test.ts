import { once } from 'node:events';
import { createServer } from 'node:net';
import { dispose } from '@livekit/rtc-node';
import { afterAll, expect, it } from 'vitest';
import { rehearseRoom } from '../../src/session/rehearse-room.js';

afterAll(() => dispose());

it('a rehearsal knocks, and is over though nobody answers', async () => {
  let knocks = 0;
  const server = createServer(() => (knocks += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await rehearseRoom(`ws://127.0.0.1:${port}`);
  expect(knocks).toBeGreaterThan(0);
  server.close();
});

it('a rehearsal that is refused is over, too', async () => {
  await expect(rehearseRoom()).resolves.toBeUndefined();
});
