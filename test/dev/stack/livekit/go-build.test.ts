import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { countSteps } from '../../../../dev/stack/go-install.js';
import { cachedServerPath } from '../../../../dev/stack/livekit/from-cache.js';
import { buildServer } from '../../../../dev/stack/livekit/go-build.js';
import { thisMachine, type Machine } from '../../../../dev/stack/livekit/machine.js';
import { isAlive, pidFile } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A machine whose `go` is a shell script, with a cache of its own. */
function machineWithGo(script: string): Machine {
  const folder = temporaryFolder();
  const go = join(folder, 'go');
  writeFileSync(go, `#!/bin/sh\n${script}\n`);
  chmodSync(go, 0o755);
  const path = `${folder}:${process.env['PATH'] ?? ''}`;
  return thisMachine({ PATH: path, XDG_CACHE_HOME: folder });
}

function build(machine: Machine): Promise<string> {
  return buildServer({ machine, onProgress: () => undefined });
}

test('a build puts the server into the cache and leaves nothing else there', async () => {
  const machine = machineWithGo('echo "$@" > "$GOBIN/server"; chmod +x "$GOBIN/server"');
  const path = await build(machine);
  expect(path).toBe(cachedServerPath(machine));
  expect(readFileSync(path, 'utf8')).toBe(
    'install -v github.com/livekit/livekit-server/cmd/server@v1.13.5\n',
  );
  expect(readdirSync(dirname(path))).toEqual(['livekit-server']);
});

test('two builders at once both get a whole server', async () => {
  const machine = machineWithGo('echo whole > "$GOBIN/server"');
  const paths = await Promise.all([build(machine), build(machine)]);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['whole\n', 'whole\n']);
});

test('a failed build says what Go said, and leaves no half server', async () => {
  const machine = machineWithGo('echo half > "$GOBIN/server"; echo "no space left" >&2; exit 1');
  await expect(build(machine)).rejects.toThrow(/the build failed \(exit 1\)[^]*no space left/);
  expect(readdirSync(dirname(cachedServerPath(machine)))).toEqual([]);
});

test('a build that is interrupted ends Go and leaves nothing', async () => {
  const { file, pid } = pidFile();
  const machine = machineWithGo(`echo $$ > "${file}"; exec sleep 1000`);
  const interrupted = new AbortController();
  const building = buildServer({
    machine,
    onProgress: () => undefined,
    signal: interrupted.signal,
  });
  void pid().then(() => interrupted.abort(new Error('enough')));
  await expect(building).rejects.toThrow('enough');
  expect(isAlive(await pid())).toBe(false);
  expect(readdirSync(dirname(cachedServerPath(machine)))).toEqual([]);
});

test('progress counts what was downloaded and compiled', () => {
  const printed = [
    'go: downloading github.com/livekit/protocol v1.50.5',
    'go: downloading go.uber.org/zap v1.28.0',
    'internal/godebugs',
    'github.com/pion/dtls/v3',
    '# a warning of the linker',
  ];
  expect(countSteps(printed)).toBe('2 modules downloaded, 2 packages compiled');
});
