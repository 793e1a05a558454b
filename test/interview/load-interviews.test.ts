import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import { dataFolder } from './fake-call.js';

test('the interviews that come with the project are all usable', () => {
  const interviews = loadInterviews({ dir: 'interviews', defaultId: 'hr-screening-en' });

  expect([...interviews].map(([id, { language }]) => [id, language])).toEqual([
    ['hr-screening-en', 'en'],
    ['hr-screening-ru', 'ru'],
  ]);
});

test('mistakes in several files are reported together', async () => {
  const dir = await dataFolder();
  await copyFile('interviews/hr-screening-en.yaml', join(dir, 'hr-screening-en.yaml'));
  await writeFile(join(dir, 'one.yaml'), 'id: one\n');
  await writeFile(join(dir, 'two.yaml'), 'id: [\n');
  await writeFile(join(dir, 'notes.txt'), 'not an interview');

  const load = () => loadInterviews({ dir, defaultId: 'hr-screening-en' });

  expect(load).toThrow(ConfigError);
  expect(load).toThrow(/one\.yaml.*two\.yaml/);
});

test('a default interview that does not exist is reported with those that do', () => {
  expect(() => loadInterviews({ dir: 'interviews', defaultId: 'none' })).toThrow(
    /INTERVIEW asks for "none"/,
  );
});

test('a folder that does not exist is reported as a wrong setting', () => {
  expect(() => loadInterviews({ dir: '/nowhere', defaultId: 'x' })).toThrow(
    'INTERVIEWS_DIR is /nowhere, and no such folder can be read',
  );
});

test('a file that cannot be read is reported like any other mistake', async () => {
  const dir = await dataFolder();
  await mkdir(join(dir, 'folder.yaml'));

  expect(() => loadInterviews({ dir, defaultId: 'folder' })).toThrow(
    /folder\.yaml cannot be read \(EISDIR\)/,
  );
});
