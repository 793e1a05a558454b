import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('./fixtures/say.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'speech-process-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a process run by tsx speaks, prints no warning, leaves no temporary file and ends by itself', async () => {
  const { stdout, stderr } = await execa('node', ['--import', 'tsx', script], {
    env: { XDG_CACHE_HOME: path.join(folder, 'cache'), TMPDIR: folder, TSX_DISABLE_CACHE: '1' },
    timeout: 60_000,
  });
  expect(Number(stdout)).toBeGreaterThan(24_000);
  expect(stderr).toBe('');
  expect(await readdir(folder)).toEqual(['cache']);
}, 90_000);
