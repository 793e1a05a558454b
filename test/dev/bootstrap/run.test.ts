import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const CHILD_MODULE = pathToFileURL(join('dev', 'bootstrap', 'child.mjs')).href;

/** A program that runs another one in its place. */
function inItsPlace(script: string, channel = false): string[] {
  const args = JSON.stringify(['-e', script]);
  return [
    '--input-type=module',
    '-e',
    `import { runInOurPlace } from ${JSON.stringify(CHILD_MODULE)};
     process.exitCode = await runInOurPlace(process.execPath, ${args}, '.', ${channel});`,
  ];
}

function nextLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => createInterface(stream).once('line', resolve));
}

test('an unknown command is refused with the known ones', () => {
  const { status, stderr } = spawnSync(process.execPath, ['dev/run.mjs', 'dmeo']);
  expect(status).toBe(2);
  expect(String(stderr)).toBe(
    'Unknown command "dmeo": demo, test, faults, bench, soak, capacity, page, install, build.\n',
  );
});

test('the exit status and the output of a program are those of the one in its place', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    inItsPlace('console.log("{}"); process.exit(3)'),
  );
  expect(status).toBe(3);
  expect(String(stdout)).toBe('{}\n');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s is passed on', async (signal) => {
  const script = `process.on('${signal}', () => process.exit(5)); console.log('up'); setInterval(() => {}, 1000)`;
  const starter = spawn(process.execPath, inItsPlace(script));
  onTestFinished(() => void starter.kill('SIGKILL'));
  await nextLine(starter.stdout);
  starter.kill(signal);
  expect(await once(starter, 'exit')).toEqual([5, null]);
});

test('a program learns that the one that has started it was killed', async () => {
  const script = `process.on('disconnect', () => { console.log('alone'); process.exit(0) }); console.log('up')`;
  const starter = spawn(process.execPath, inItsPlace(script, true));
  const lines = createInterface(starter.stdout);
  await once(lines, 'line');
  const next = new Promise((resolve) => lines.once('line', resolve));
  starter.kill('SIGKILL');
  expect(await next).toBe('alone');
});
