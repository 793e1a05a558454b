import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { keepJobsSmall } from '../../src/worker/job-memory.js';

const before = [...process.execArgv];
afterEach(() => {
  process.execArgv.splice(0, process.execArgv.length, ...before);
});

test('a process forked afterwards, in the way the framework forks, has the smaller limit', async () => {
  process.execArgv.length = 0;
  keepJobsSmall();
  // Node's own limit is twice 16 MB.
  expect(await youngLimit()).toBeLessThan(16 * 1024 * 1024);

  process.execArgv.length = 0;
  expect(await youngLimit()).toBeGreaterThan(16 * 1024 * 1024);
});

test('a limit that was chosen by hand stays', () => {
  const given = ['--max-semi-space-size=32'];
  keepJobsSmall(given, '');
  expect(given).toEqual(['--max-semi-space-size=32']);

  const none: string[] = [];
  keepJobsSmall(none, '--max_semi_space_size=8 --enable-source-maps');
  expect(none).toEqual([]);
});

test('calling it twice is the same as once', () => {
  const flags: string[] = [];
  keepJobsSmall(flags, '');
  keepJobsSmall(flags, '');
  expect(flags).toHaveLength(1);
});

/** How much a forked process may take for new objects, in bytes. */
async function youngLimit(): Promise<unknown> {
  const child = fork(fileURLToPath(new URL('fixtures/young-limit.mjs', import.meta.url)), []);
  const [message] = (await once(child, 'message')) as unknown[];
  await once(child, 'exit');
  return message;
}
