import { expect, test } from 'vitest';
import { findPackaged } from '../../../dev/stack/find-packaged.js';
import { fakeMachine, type FakeMachineParts } from './support/fake-machine.js';

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
