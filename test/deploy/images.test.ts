import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';

const lines = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8').split('\n');
const statements = lines.filter((line) => !line.startsWith('#'));
const after = (word: string, part = statements) =>
  part.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

/** From one FROM to the next, by the stage's name. */
const stages = new Map(
  statements
    .flatMap((line, index) => (line.startsWith('FROM ') ? [index] : []))
    .map((begin, index, all) => {
      const part = statements.slice(begin, all[index + 1]);
      return [part[0]?.split(' AS ')[1] ?? '', part] as const;
    }),
);

describe.each(['agent', 'page', 'simulator'])('the image of the %s', (name) => {
  const part = stages.get(name) ?? [];

  it('does not run as root', () => {
    expect(after('USER', part)).toEqual(['node']);
  });

  it('is told to stop: node is its first process, not npm or a shell, which keep the signal to themselves', () => {
    expect(after('CMD', part)).toEqual([expect.stringMatching(/^\["node", /)]);
  });
});

test('what is built without a name is the agent', () => {
  expect([...stages.keys()].at(-1)).toBe('agent');
});

test('no image begins with whatever is the latest', () => {
  const from = after('FROM').map((line) => line.split(' ')[0] ?? '');
  const outside = from.filter((image) => !stages.has(image));
  expect(outside).toEqual(['node:${NODE_VERSION}-slim']);
  expect(after('ARG')).toEqual([expect.stringMatching(/^NODE_VERSION=\d+$/)]);
});

test('packages are installed as everywhere else: without their install scripts', () => {
  const installing = [...stages.values()].filter((part) =>
    part.some((line) => /npm ci/.test(line)),
  );
  expect(installing).toHaveLength(2);
  for (const part of installing) {
    expect(after('COPY', part)).toContain('package.json package-lock.json .npmrc ./');
  }
});

test('no frontend has to be fetched before it can be built', () => {
  expect(lines.join('\n')).not.toMatch(/^#\s*syntax=/m);
});

test('what is copied from a folder that nobody else may read can be read by the image’s user', () => {
  const fromHere = after('COPY').filter(
    (line) => !line.startsWith('--from=') && !line.startsWith('package.json package-lock.json'),
  );
  expect(fromHere.length).toBeGreaterThan(0);
  expect(fromHere.filter((line) => !line.startsWith('--chown=node:node '))).toEqual([]);
});
