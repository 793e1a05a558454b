import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWorker } from '../../../dev/stack/worker.js';
import { isAlive } from './support/processes.js';
import { program } from './support/program.js';
import { temporaryFolder } from './support/temporary-folder.js';

const LIVEKIT = { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 'secret' };
const REGISTERS = `
console.log('native library here');
console.log(JSON.stringify({ msg: 'starting', argv: process.argv.slice(2), env: process.env }));
console.log(JSON.stringify({ msg: 'registered worker' }));
setInterval(() => {}, 1000);`;

test('a worker is ready when it is registered, and gone when it is stopped', async () => {
  const entry = program('agent.cjs', REGISTERS);
  const worker = await startWorker({ mode: 'dev', livekit: LIVEKIT, entry });
  expect(worker.lines().map(({ msg }) => msg)).toEqual(['starting', 'registered worker']);
  expect(worker.output()).toContain('native library here');
  await worker.stop();
  expect(await worker.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(isAlive(worker.pid)).toBe(false);
});

test('it is told its mode, its LiveKit, a loopback health address, and what the caller adds', async () => {
  const entry = program('agent.cjs', REGISTERS);
  const env = { DATA_DIR: '/data' };
  await using worker = await startWorker({ mode: 'dev', livekit: LIVEKIT, entry, env });
  expect(worker.lines()[0]).toMatchObject({
    argv: ['dev'],
    env: {
      LIVEKIT_URL: LIVEKIT.url,
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'secret',
      WORKER_HOST: '127.0.0.1',
      WORKER_PORT: new URL(worker.healthUrl).port,
      DATA_DIR: '/data',
    },
  });
});

test('in start mode, SIGTERM that only drains is followed by SIGINT', async () => {
  const entry = program(
    'agent.cjs',
    `process.on('SIGTERM', () => console.log('draining'));
     process.on('SIGINT', () => process.exit(130));
     ${REGISTERS}`,
  );
  const worker = await startWorker({ mode: 'start', livekit: LIVEKIT, entry });
  expect(await worker.stop()).toEqual({ code: 130, signal: null });
  expect(worker.output()).toContain('draining');
});

test('a worker that ends before it is registered is reported with its last words', async () => {
  const entry = program('agent.cjs', 'console.error("LIVEKIT_URL is wrong"); process.exit(2)');
  await expect(startWorker({ mode: 'dev', livekit: LIVEKIT, entry })).rejects.toThrow(
    /ended before its registration with LiveKit \(exit 2\)[^]*LIVEKIT_URL is wrong/,
  );
});

test('an agent that is not built is reported with how to build it', async () => {
  const entry = join(temporaryFolder(), 'agent.js');
  await expect(startWorker({ mode: 'dev', livekit: LIVEKIT, entry })).rejects.toThrow(
    /is missing. Build the agent first: npm run build/,
  );
});
