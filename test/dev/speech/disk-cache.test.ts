import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskCache } from '../../../dev/speech/disk-cache.js';

const speech = { samples: Int16Array.of(1, -2, 300, -32_768), sampleRate: 16_000 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'speech-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function onlyFile(): Promise<string> {
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  return path.join(folder, names[0]!);
}

describe('the speech cache', () => {
  test('gives back what another process wrote', async () => {
    await new DiskCache(folder).write('key', speech);
    expect(await new DiskCache(folder).read('key')).toEqual(speech);
    expect(await new DiskCache(folder).read('another key')).toBeUndefined();
  });

  test.each([
    ['cut off', (file: Buffer) => file.subarray(0, file.length - 1)],
    ['empty', () => Buffer.alloc(0)],
    ['with one bit wrong', (file: Buffer) => file.fill(file.at(-1)! ^ 1, file.length - 1)],
    [
      'of somebody else',
      (file: Buffer) => Buffer.concat([Buffer.from('OTHER...'), file.subarray(8)]),
    ],
  ])('takes a file %s for no file', async (_name, damage) => {
    const cache = new DiskCache(folder);
    await cache.write('key', speech);
    const file = await onlyFile();
    await writeFile(file, damage(await readFile(file)));
    expect(await cache.read('key')).toBeUndefined();
    await cache.write('key', speech);
    expect(await cache.read('key')).toEqual(speech);
  });

  test('is only a cache: a folder that cannot be written costs nothing but time', async () => {
    const notAFolder = path.join(folder, 'file');
    await writeFile(notAFolder, '');
    const cache = new DiskCache(path.join(notAFolder, 'cache'));
    await cache.write('key', speech);
    expect(await cache.read('key')).toBeUndefined();
  });

  test('drops the oldest files beyond its limit, and what a killed process left half written', async () => {
    const longAgo = new Date(Date.now() - 7_200_000);
    const old = Array.from({ length: 500 }, (_, index) => `old-${index}.pcm`);
    for (const name of ['abandoned.tmp', ...old]) {
      await writeFile(path.join(folder, name), '');
      await utimes(path.join(folder, name), longAgo, longAgo);
    }
    await writeFile(path.join(folder, 'being-written.tmp'), '');
    await new DiskCache(folder).write('key', speech);
    const names = await readdir(folder);
    expect(names).toHaveLength(500);
    expect(names).toContain('being-written.tmp');
    expect(names).not.toContain('abandoned.tmp');
    expect(await new DiskCache(folder).read('key')).toEqual(speech);
  });
});
