import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { readPlan, type PlanResult } from '../../src/interview/read-plan.js';

const FILE = 'interviews/hr-screening-en.yaml';
const sample = readFileSync(FILE, 'utf8');

/** A plan, or problems that say where and what to do. Never a throw. */
function holds(result: PlanResult): void {
  if ('plan' in result) {
    const ids = result.plan.sections.flatMap(({ questions }) => questions.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    return;
  }
  expect(result.problems.length).toBeGreaterThan(0);
  for (const { variable, problem, remedy } of result.problems) {
    expect(variable).toMatch(/^interviews\/hr-screening-en\.yaml:\d+$/);
    expect(problem).not.toBe('');
    expect(remedy).not.toBe('');
  }
}

test('any text is a plan or has problems with a line and a remedy', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) =>
      holds(readPlan(FILE, text)),
    ),
  );
});

test('so is any value', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => holds(readPlan(FILE, stringify(value)))));
});

test('so is a real plan with any piece of it taken out, doubled or overwritten', () => {
  const place = fc.nat(sample.length);
  fc.assert(
    fc.property(
      place,
      fc.nat(60),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.boolean(),
      (from, length, put, doubled) => {
        const piece = doubled ? sample.slice(from, from + length).repeat(2) : put;
        holds(readPlan(FILE, sample.slice(0, from) + piece + sample.slice(from + length)));
      },
    ),
  );
});

test('so is a real plan with any value in the place of any field', () => {
  const fields = [
    'id',
    'title',
    'language',
    'persona',
    'greeting',
    'sections',
    'rubric',
    'closing',
    'limits',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      const document = parseDocument(sample);
      document.set(field, value);
      holds(readPlan(FILE, String(document)));
    }),
  );
});
