import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secrets } from '../../../dev/supply-chain/secrets.js';
import { thisMachine } from '../../../dev/stack/livekit/machine.js';
import { program } from '../stack/support/program.js';
import { temporaryFolder } from '../stack/support/temporary-folder.js';

/** A scan of a repository by a scanner that is this script. */
async function scan(script: string, root = repository()) {
  const scanner = program('gitleaks', script);
  return secrets({
    root,
    machine: thisMachine({ ...process.env, GITLEAKS_BIN: scanner }),
    say: () => undefined,
    signal: new AbortController().signal,
  });
}

function repository(): string {
  const root = temporaryFolder();
  execFileSync('git', ['init', '--quiet', root]);
  return root;
}

test('a scanner that finds nothing passes the repository', async () => {
  expect(await scan('')).toEqual({ kind: 'passed', what: 'every commit' });
});

test('what the scanner finds fails the change, and is shown without the secret', async () => {
  const verdict = await scan(
    "console.log('Secret: REDACTED in ' + process.argv.at(-1)); process.exitCode = process.argv.includes('--redact') ? 1 : 0;",
  );
  expect(verdict).toMatchObject({
    kind: 'failed',
    problems: [expect.stringContaining('Secret: REDACTED in ')],
  });
});

test('a scanner that cannot scan is no clean repository', async () => {
  expect((await scan("process.kill(process.pid, 'SIGKILL');")).kind).toBe('failed');
});

test('without commits to scan it says that nothing was', async () => {
  expect((await scan('', join(temporaryFolder(), 'nowhere'))).kind).toBe('skipped');
});
