import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { freeTcpPort, freeUdpPort } from '../../../dev/stack/ports.js';

afterEach(() => vi.restoreAllMocks());

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

test('no port is given twice, and none that an outgoing connection may take', async () => {
  const ports = await Promise.all(
    Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? freeTcpPort() : freeUdpPort())),
  );
  expect(new Set(ports).size).toBe(ports.length);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(15_000);
  expect(Math.max(...ports)).toBeLessThan(31_000);
});

test('a port that is taken is passed over', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const anew = async () => {
    vi.resetModules();
    return import('../../../dev/stack/ports.js');
  };
  const taken = await (await anew()).freeTcpPort();
  const server = createServer().listen(taken, '127.0.0.1');
  await once(server, 'listening');
  expect(await (await anew()).freeTcpPort()).toBeGreaterThan(taken);
  server.close();
});
