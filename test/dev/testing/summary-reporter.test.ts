import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const FIXTURE = fileURLToPath(new URL('fixture', import.meta.url));

/** The last line of a run of the fixture, and its exit code. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { stdout, status } = spawnSync(process.execPath, [VITEST, 'run', ...args], {
    cwd: FIXTURE,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { lastLine: stdout.trim().split('\n').at(-1), status };
}

describe('the last line of a run', () => {
  it('says what passed', () => {
    expect(run([])).toEqual({ lastLine: '1 passed, 0 failed', status: 0 });
  });

  it('counts a preparation that failed as a failure', () => {
    const lastLine = '0 passed, 1 failed';
    expect(run([], { FIXTURE_SETUP: 'fails' })).toEqual({ lastLine, status: 1 });
  });

  it('counts a run without tests as a failure', () => {
    expect(run(['nothing'])).toEqual({ lastLine: '0 passed, 1 failed', status: 1 });
  });
});
