import { describe, expect, test } from 'vitest';
import { startRedis } from '../../../dev/stack/redis.js';
import { thisMachine } from '../../../dev/stack/livekit/machine.js';
import { fakeMachine } from './support/fake-machine.js';
import { isAlive } from './support/processes.js';
import { program, READY_REDIS } from './support/program.js';

describe('the Redis that LiveKit servers share', () => {
  test('that is nowhere to be had is an error with the remedy', async () => {
    const machine = fakeMachine({ programs: ['/usr/bin/apt-get'] });
    await expect(startRedis({ machine })).rejects.toThrow(
      'No Redis can be had here: no redis-server on PATH; install it',
    );
  });

  test('listens on loopback, keeps nothing on disk, and is gone when it is stopped', async () => {
    const machine = thisMachine({
      PATH: process.env['PATH'],
      REDIS_SERVER_BIN: program('redis-server', READY_REDIS),
    });
    const redis = await startRedis({ machine });
    const [, port] = redis.address.split(':');
    expect(redis.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(redis.output()).toContain(
      `--bind 127.0.0.1 --port ${port} --save  --appendonly no --daemonize no`,
    );
    await redis.stop();
    expect(isAlive(redis.pid)).toBe(false);
  });

  test('that dies while starting is reported with its last words', async () => {
    const script = `console.log('Bad directive'); process.exit(1)`;
    const machine = thisMachine({
      PATH: process.env['PATH'],
      REDIS_SERVER_BIN: program('redis-server', script),
    });
    await expect(startRedis({ machine })).rejects.toThrow(
      /redis-server: ended before[^]*Bad directive/,
    );
  });
});
