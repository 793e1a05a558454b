import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPlan } from '../../src/interview/read-plan.js';

const FILE = 'interviews/hr-screening-en.yaml';
const good = readFileSync(FILE, 'utf8');

function problemsOf(text: string, file = FILE) {
  const result = readPlan(file, text);
  return 'problems' in result ? result.problems : [];
}

test.each(['hr-screening-en', 'hr-screening-ru'])('%s is a complete interview', (id) => {
  const file = `interviews/${id}.yaml`;
  const result = readPlan(file, readFileSync(file, 'utf8'));

  expect(result).toMatchObject({ plan: { id } });
});

test('a misspelt field is reported with its file, its line and the fix', () => {
  const line = good.split('\n').findIndex((text) => text.startsWith('persona:')) + 2;
  const problems = problemsOf(good.replace('  character:', '  charakter:'));

  expect(problems.map(({ variable }) => variable)).toEqual([`${FILE}:${line}`, `${FILE}:${line}`]);
  expect(problems[0]?.problem).toContain('persona.character');
  expect(problems[1]?.problem).toContain('"charakter"');
  expect(problems[1]?.remedy).toContain('correct its spelling');
});

test('a mistake deep inside is reported on its own line', () => {
  const line = good.split('\n').findIndex((text) => text.includes('ask: Tell me')) + 1;

  expect(problemsOf(good.replace(/ask: Tell me[^\n]*/, 'ask: ""'))).toMatchObject([
    { variable: `${FILE}:${line}`, problem: 'sections.0.questions.1.ask: is empty' },
  ]);
});

test('text that is not YAML is reported with the line it breaks on', () => {
  const [problem] = problemsOf('id: x\ntitle: a: b\n');

  expect(problem?.variable).toBe(`${FILE}:2`);
  expect(problem?.problem).toContain('is not valid YAML');
});

test('the id has to be the name of the file', () => {
  expect(problemsOf(good, 'interviews/other.yaml')).toMatchObject([
    { remedy: 'Write "id: other", or rename the file to hr-screening-en.yaml.' },
  ]);
});

test('an empty file, and one that is a list, are reported and do not throw', () => {
  expect(problemsOf('')).toHaveLength(1);
  expect(problemsOf('- a\n- b\n')).toHaveLength(1);
});

test('no text whatever makes the loader throw', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: good.length }), (text, position) => {
      readPlan(FILE, text);
      readPlan(FILE, good.slice(0, position) + text + good.slice(position));
      return true;
    }),
    { numRuns: 50 },
  );
});

test.each(['*really*', '*', '&so tell me', '!important: tell me', '!why'])(
  'a text that begins with a sign of YAML (%s) is reported with its line, and loses no word',
  (ask) => {
    const line = good.split('\n').findIndex((text) => text.includes('ask: Tell me')) + 1;
    const problems = problemsOf(good.replace(/ask: Tell me[^\n]*/, `ask: ${ask}`));

    expect(problems[0]?.variable).toBe(`${FILE}:${line}`);
  },
);

test('aliases of aliases are refused before they grow', () => {
  const bomb = ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]'].join('\n');

  expect(problemsOf(bomb).map(({ problem }) => problem)).toContain(
    'is not valid YAML ("*b" refers to another text)',
  );
});
