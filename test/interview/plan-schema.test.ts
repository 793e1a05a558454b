import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { writtenPlan } from '../../src/interview/plan.js';

const schema = z.toJSONSchema(writtenPlan, { io: 'input' });

test('interview.schema.json is what the agent checks; `vitest run -u` writes it anew', async () => {
  const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 });
  await expect(text).toMatchFileSnapshot('../../interviews/interview.schema.json');
});

test.each(['hr-screening-en', 'hr-screening-ru'])('%s names the schema, and fits it', (id) => {
  const text = readFileSync(`interviews/${id}.yaml`, 'utf8');
  const validate = new Ajv2020().compile(schema);
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./interview.schema.json');
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
});
