import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { checkPort } from '../../src/config/port.js';

test('a free port is left free', async () => {
  const port = await freeTcpPort();
  await checkPort({ host: '127.0.0.1', port });
  await checkPort({ host: '127.0.0.1', port });
});

test('a port that is taken is refused with the remedy', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(checkPort({ host: '127.0.0.1', port })).rejects.toMatchObject({
    problems: [{ variable: 'WORKER_PORT' }],
  });
});

test('an address of another machine is refused', async () => {
  const port = await freeTcpPort();
  await expect(checkPort({ host: '192.0.2.1', port })).rejects.toMatchObject({
    problems: [{ variable: 'WORKER_HOST' }],
  });
});
