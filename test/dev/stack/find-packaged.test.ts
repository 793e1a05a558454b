import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findPackaged } from '../../../dev/stack/find-packaged.js';
import { thisMachine } from '../../../dev/stack/livekit/machine.js';
import { fakeMachine, type FakeMachineParts } from './support/fake-machine.js';
import { temporaryFolder } from './support/temporary-folder.js';

const TOOL = {
  names: ['tool', 'tool-stable'],
  variable: 'TOOL_BIN',
  packages: ['tool'],
  missing: 'no tool on PATH; install one or name it in TOOL_BIN',
};

const findOn = (parts: FakeMachineParts) => findPackaged(TOOL, fakeMachine(parts));

test('a packaged program is the one that the variable names', async () => {
  const env = { TOOL_BIN: '/opt/tool' };
  const found = await findOn({ env, programs: ['/opt/tool', '/usr/bin/tool'] });
  expect(found).toEqual({ path: '/opt/tool' });
});

test('is otherwise one on PATH, under any of its names', async () => {
  expect(await findOn({ programs: ['/usr/bin/tool-stable'] })).toEqual({
    path: '/usr/bin/tool-stable',
  });
});

test('is never installed on a machine that is not a CI machine: the remedy is told', async () => {
  expect(await findOn({ programs: ['/usr/bin/apt-get'] })).toEqual({ missing: TOOL.missing });
});

test('is missing, with the reason, when the variable is wrong', async () => {
  expect(await findOn({ env: { TOOL_BIN: '/opt/none' } })).toEqual({
    missing: 'TOOL_BIN names /opt/none, which is no program that can be run',
  });
});

/** Runs once at a time, and installs the tool, as apt would. */
const APT = `#!/bin/sh
cd "$(dirname "$0")"
mkdir lock 2>/dev/null || { echo 'E: Could not get lock'; exit 100; }
sleep 0.3
[ "$1" = update ] || { cp apt-get tool.new && mv tool.new tool; }
rmdir lock
`;

const mayInstallHere = process.getuid?.() === 0 && existsSync('/var/lib/dpkg');
test.runIf(mayInstallHere)(
  'is installed in CI, also when two miss it at the same moment',
  async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'apt-get'), APT, { mode: 0o755 });
    const PATH = [folder, process.env['PATH']].join(delimiter);
    const machine = thisMachine({ PATH, CI: 'true' });
    const path = join(folder, 'tool');
    expect(await Promise.all([findPackaged(TOOL, machine), findPackaged(TOOL, machine)])).toEqual([
      { path },
      { path },
    ]);
  },
);
