import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../../dev/stack/find-program.js';
import { thisMachine } from '../../../dev/stack/livekit/machine.js';
import { fakeMachine, type FakeMachineParts } from './support/fake-machine.js';
import { temporaryFolder } from './support/temporary-folder.js';

const TOOL = {
  what: 'tool',
  name: 'tool',
  variable: 'TOOL_BIN',
  source: 'example.com/tools/tool/v8',
  version: 'v8.1.0',
};
const CACHED = '/cache/tool/v8.1.0-linux-x64/tool';
const everything = {
  env: { TOOL_BIN: '/opt/tool' },
  programs: ['/opt/tool', '/usr/bin/tool', CACHED],
};

function findOn(parts: FakeMachineParts): Promise<string> {
  return findProgram(TOOL, { machine: fakeMachine(parts), onProgress: () => undefined });
}

test('the program that the variable names wins, then the one on PATH, then the one built earlier', async () => {
  expect(await findOn(everything)).toBe('/opt/tool');
  expect(await findOn({ ...everything, env: {} })).toBe('/usr/bin/tool');
  expect(await findOn({ programs: [CACHED] })).toBe(CACHED);
});

test('a variable that names no program is an error, not passed over', async () => {
  await expect(findOn({ ...everything, env: { TOOL_BIN: '/gone' } })).rejects.toThrow(
    'TOOL_BIN names /gone, which is no program that can be run.',
  );
});

test('without Go, and without the program, it says what to install', async () => {
  await expect(findOn({})).rejects.toThrow(/No tool can be had here: install Go/);
});

test('what Go builds is found under its own name, whatever its major version', async () => {
  const folder = temporaryFolder();
  const go = join(folder, 'go');
  writeFileSync(go, '#!/bin/sh\n[ "$1" = version ] || echo "$3" > "$GOBIN/tool"\n');
  chmodSync(go, 0o755);
  const machine = thisMachine({
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    XDG_CACHE_HOME: folder,
  });
  const path = await findProgram(TOOL, { machine, onProgress: () => undefined });
  expect(readFileSync(path, 'utf8')).toBe('example.com/tools/tool/v8@v8.1.0\n');
});
