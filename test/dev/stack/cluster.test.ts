import { expect, test } from 'vitest';
import { startCluster } from '../../../dev/stack/cluster.js';
import { isAlive, pidFile } from './support/processes.js';
import { HEALTHY_SERVER, program, READY_REDIS } from './support/program.js';

const PRINTS_CONFIG = `console.log(process.env.LIVEKIT_CONFIG);${HEALTHY_SERVER}`;

function environment(server: string, redis = READY_REDIS): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    REDIS_SERVER_BIN: program('redis-server', redis),
    LIVEKIT_SERVER_BIN: program('livekit-server', server),
    // Left alone: a cluster has servers of its own.
    LIVEKIT_URL: 'wss://livekit.example.com',
  };
}

test('the servers of a cluster share a Redis and a key pair, have ports of their own, and end together', async () => {
  const cluster = await startCluster({ nodes: 2, env: environment(PRINTS_CONFIG) });
  const [one, two] = cluster.nodes;
  expect(one!.url).not.toBe(two!.url);
  expect([one!.apiKey, one!.apiSecret]).toEqual([two!.apiKey, two!.apiSecret]);
  for (const node of cluster.nodes) {
    expect(node.output()).toContain(`redis:\n  address: ${cluster.redis.address}\n`);
  }
  await cluster.stop();
  const pids = [cluster.redis.pid, one!.pid!, two!.pid!];
  expect(pids.filter(isAlive)).toEqual([]);
});

test('when a server cannot be started, what runs already is ended', async () => {
  const { file, pid } = pidFile();
  const redis = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid));${READY_REDIS}`;
  const env = environment('console.error("no"); process.exit(1)', redis);
  await expect(startCluster({ nodes: 2, env })).rejects.toThrow('livekit-server: ended');
  expect(isAlive(await pid())).toBe(false);
});
