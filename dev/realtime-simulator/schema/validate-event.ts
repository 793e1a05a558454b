import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { missingFields } from './needed-fields.js';

/** Seen from the simulator: `in` is what a client sent, `out` what the simulator sent. */
export type Direction = 'in' | 'out';

const SCHEMA_FILES: Record<Direction, string> = {
  in: './realtime-client-events.json',
  out: './realtime-server-events.json',
};

const validators: Partial<Record<Direction, ValidateFunction>> = {};

/**
 * What is wrong with an event of the Realtime API, as sentences; an empty list means nothing is. The judge
 * is the official Python SDK (generate.py): each field's type, what is required, and no key it does not know.
 * Of the server's events, what clients cannot do without is required as well (needed-fields.ts).
 */
export function validateEvent(direction: Direction, event: unknown): string[] {
  const validate = (validators[direction] ??= compile(direction));
  const found = validate(event) ? missing(direction, event) : problems(validate.errors ?? []);
  const tag = z.object({ type: z.string() }).safeParse(event);
  const name = tag.success ? tag.data.type : 'an event without a type';
  return found.map((problem) => `${name}: ${problem}`);
}

function missing(direction: Direction, event: unknown): string[] {
  const paths = direction === 'out' ? missingFields(event) : [];
  return paths.map((path) => `${path} is missing, and clients cannot do without it`);
}

function compile(direction: Direction): ValidateFunction {
  const text = readFileSync(new URL(SCHEMA_FILES[direction], import.meta.url), 'utf8');
  const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  // The schema says `properties` where an outer union has said `type: object`; strictTypes would refuse that.
  return new Ajv({ allErrors: true, discriminator: true, strictTypes: false }).compile(schema);
}

function problems(errors: readonly ErrorObject[]): string[] {
  // A union's own error says less than its branches'; and that null would do as well is seldom the point.
  const telling = errors.filter(({ keyword, params }) => {
    return keyword !== 'anyOf' && !(keyword === 'type' && params['type'] === 'null');
  });
  return [...new Set((telling.length > 0 ? telling : errors).map(describe))];
}

function describe({ keyword, instancePath, params, message }: ErrorObject): string {
  const at = instancePath === '' ? 'the event' : instancePath.slice(1).replaceAll('/', '.');
  const show = (value: unknown): string =>
    value === undefined ? 'missing' : JSON.stringify(value);
  switch (keyword) {
    case 'additionalProperties':
      return `${at} has the key ${show(params['additionalProperty'])}, which the official models do not know`;
    case 'const':
      return `${at} must be ${show(params['allowedValue'])}`;
    case 'enum':
      return `${at} must be one of ${show(params['allowedValues'])}`;
    case 'discriminator':
      return `${at} has the ${String(params['tag'])} ${show(params['tagValue'])}, which does not exist here`;
    default:
      return `${at} ${message ?? `fails ${keyword}`}`;
  }
}
