import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLiveKit } from '../../../dev/stack/livekit.js';
import { isAlive, pidFile } from './support/processes.js';
import { HEALTHY_SERVER, program } from './support/program.js';
import { temporaryFolder } from './support/temporary-folder.js';

function environment(script: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LIVEKIT_SERVER_BIN: program('livekit-server', script) };
}

test('a server is ready when it answers, and gone when it is stopped', async () => {
  const livekit = await startLiveKit({ env: environment(HEALTHY_SERVER) });
  const answer = await fetch(livekit.url.replace('ws:', 'http:'));
  expect(answer.status).toBe(200);
  expect(livekit.origin).toBe('livekit-server from LIVEKIT_SERVER_BIN');
  await livekit.stop();
  expect(isAlive(livekit.pid!)).toBe(false);
});

test('two servers have addresses and keys of their own', async () => {
  await using one = await startLiveKit({ env: environment(HEALTHY_SERVER) });
  await using two = await startLiveKit({ env: environment(HEALTHY_SERVER) });
  expect(one.url).not.toBe(two.url);
  expect(one.apiKey).not.toBe(two.apiKey);
  expect(one.apiSecret).not.toBe(two.apiSecret);
  expect(one.apiSecret.length).toBeGreaterThanOrEqual(32);
});

test('a server that dies while starting is reported with its last words', async () => {
  const env = environment('console.error("unknown field: agents"); process.exit(1)');
  await expect(startLiveKit({ env })).rejects.toThrow(
    /livekit-server: ended while starting \(exit 1\)[^]*unknown field: agents/,
  );
});

test('a port that somebody else has taken is given up for another one', async () => {
  const first = join(temporaryFolder(), 'tried');
  const script = `
const fs = require('node:fs');
if (!fs.existsSync(${JSON.stringify(first)})) {
  fs.writeFileSync(${JSON.stringify(first)}, '');
  console.error('listen tcp 127.0.0.1: bind: address already in use');
  process.exit(1);
}
${HEALTHY_SERVER}`;
  await using livekit = await startLiveKit({ env: environment(script) });
  expect(existsSync(first)).toBe(true);
  expect(livekit.output()).toBe('');
});

test('giving up while it starts ends it', async () => {
  const { file, pid } = pidFile();
  const script = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const given = new AbortController();
  const starting = startLiveKit({ env: environment(script), signal: given.signal });
  void pid().then(() => given.abort(new Error('given up')));
  await expect(starting).rejects.toThrow('given up');
  expect(isAlive(await pid())).toBe(false);
});

test('a server that somebody else runs is used and left alone', async () => {
  const env = {
    LIVEKIT_URL: 'wss://livekit.example.com',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'secret',
  };
  const livekit = await startLiveKit({ env });
  expect(livekit).toMatchObject({ url: env.LIVEKIT_URL, apiKey: 'key', pid: undefined });
  await livekit.stop();
});
