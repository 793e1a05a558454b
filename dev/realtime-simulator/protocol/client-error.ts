import type { z } from 'zod';
import { RefusedEvent } from './errors.js';

/** Turns the first thing wrong with a client event into the error the service would answer with. */
export function refusalOf(error: z.ZodError, raw: unknown): RefusedEvent {
  const issue = error.issues[0];
  if (issue === undefined) {
    return new RefusedEvent('invalid_value', 'The event is not valid.');
  }
  return refusalOfIssue(issue, [], raw);
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function refusalOfIssue(issue: Issue, prefix: Path, raw: unknown): RefusedEvent {
  const path = [...prefix, ...issue.path];
  const param = written(path);
  const value = valueAt(raw, path);
  if (issue.code === 'unrecognized_keys') {
    const name = written([...path, issue.keys[0] ?? '']);
    return new RefusedEvent('unknown_parameter', `Unknown parameter: '${name}'.`, name);
  }
  if (value === undefined) {
    return new RefusedEvent(
      'missing_required_parameter',
      `Missing required parameter: '${param}'.`,
      param,
    );
  }
  if (issue.code === 'invalid_type') {
    const message = `Invalid type for '${param}': expected ${issue.expected}, but got ${kindOf(value)} instead.`;
    return new RefusedEvent('invalid_type', message, param);
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    return outOfRange(issue, param, value);
  }
  return new RefusedEvent('invalid_value', invalidValue(issue, value), param);
}

function outOfRange(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  param: string,
  value: unknown,
): RefusedEvent {
  const above = issue.code === 'too_big';
  const kind = Number.isInteger(value) ? 'integer' : 'decimal';
  const fault = above ? 'above maximum' : 'below minimum';
  const limit = above ? `<= ${issue.maximum}` : `>= ${issue.minimum}`;
  return new RefusedEvent(
    `${kind}_${above ? 'above_max' : 'below_min'}_value`,
    `Invalid '${param}': ${kind} ${fault} value. Expected a value ${limit}, but got ${shown(value)} instead.`,
    param,
  );
}

function invalidValue(issue: Issue, value: unknown): string {
  const supported = issue.code === 'invalid_value' ? issue.values.map((one) => shown(one)) : [];
  const rest = supported.length > 0 ? ` Supported values are: ${supported.join(', ')}.` : '';
  return `Invalid value: ${shown(value)}.${rest}`;
}

/** `session.tools[0].name`, as the service writes it. */
function written(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') {
      return `${text}[${part}]`;
    }
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function valueAt(raw: unknown, path: Path): unknown {
  let value: unknown = raw;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = Reflect.get(value, part);
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
