import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTemporary, writeOnce, writeWhole, type FillFile } from '../../src/records/files.js';
import { dataFolder } from '../interview/fake-call.js';

/** A disk that takes the first half, and then no more. */
const fullDisk: FillFile = async (file, data) => {
  await file.writeFile(data.slice(0, data.length / 2));
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};

test('a file is written for its owner alone', async () => {
  const file = join(await dataFolder(), 'report.json');

  await writeWhole(file, 'all of it');

  expect(await readFile(file, 'utf8')).toBe('all of it');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each([writeWhole, writeOnce])('on a full disk %o leaves nothing behind', async (write) => {
  const folder = await dataFolder();

  await expect(write(join(folder, 'call.json'), 'all of it', fullDisk)).rejects.toMatchObject({
    code: 'ENOSPC',
  });

  expect(await readdir(folder)).toEqual([]);
});

test('on a full disk the file that was there before stays as it was', async () => {
  const file = join(await dataFolder(), 'report.json');
  await writeWhole(file, 'before');

  await expect(writeWhole(file, 'after', fullDisk)).rejects.toThrow('no space');

  expect(await readFile(file, 'utf8')).toBe('before');
});

test('while it is being written nobody sees a part of it, and its working name says that it is one', async () => {
  const folder = await dataFolder();
  let seen: string[] = [];

  await writeWhole(join(folder, 'report.md'), 'text', async (file, data) => {
    await file.writeFile(data);
    seen = await readdir(folder);
  });

  expect(seen).toHaveLength(1);
  expect(seen.every(isTemporary)).toBe(true);
  expect(await readdir(folder)).toEqual(['report.md']);
});

test('of many who write a file once, one does, and what it wrote stays', async () => {
  const folder = await dataFolder();
  const file = join(folder, 'call.json');

  const won = await Promise.all(
    Array.from({ length: 20 }, (_, index) => writeOnce(file, `writer ${index}`)),
  );

  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await readFile(file, 'utf8')).toBe(`writer ${won.indexOf(true)}`);
  expect(await readdir(folder)).toEqual(['call.json']);
});

test('what is there is not written once more', async () => {
  const file = join(await dataFolder(), 'call.json');
  await writeFile(file, 'first');

  expect(await writeOnce(file, 'second')).toBe(false);
  expect(await readFile(file, 'utf8')).toBe('first');
});
