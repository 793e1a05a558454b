import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startStack } from '../../../dev/stack/index.js';
import { isAlive } from './support/processes.js';
import { program } from './support/program.js';

const LIVEKIT = { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 'secret' };

test('the worker is given the simulator as its model, and everything ends together', async () => {
  const entry = program(
    'agent.cjs',
    `console.log(JSON.stringify({ env: process.env }));
     console.log('registered worker');
     setInterval(() => {}, 1000);`,
  );
  const stack = await startStack({ livekit: LIVEKIT, entry });
  const { simulator, worker, dataDir } = stack;
  expect(worker.lines()[0]).toMatchObject({
    env: {
      OPENAI_BASE_URL: simulator.baseURL,
      OPENAI_API_KEY: simulator.apiKey,
      SIMULATED_MODEL: 'true',
      DATA_DIR: dataDir,
    },
  });
  expect(await simulator.control.connections()).toEqual([]);
  await stack.stop();
  expect([simulator.pid, worker.pid].filter(isAlive)).toEqual([]);
  expect(existsSync(dataDir)).toBe(false);
}, 60_000);
