import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freeTcpPort, freeUdpPort } from '../../../dev/stack/ports.js';

test('a TCP port that is called free can be listened on', async () => {
  const server = createServer().listen(await freeTcpPort(), '127.0.0.1');
  await once(server, 'listening');
  expect(server.listening).toBe(true);
  server.close();
});

test('a UDP port that is called free can be bound', async () => {
  const port = await freeUdpPort();
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  await once(socket, 'listening');
  expect(socket.address().port).toBe(port);
  socket.close();
});
