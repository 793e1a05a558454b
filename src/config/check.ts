import { z } from 'zod';
import type { ConfigProblem } from './config-error.js';
import { environment } from './environment.js';

/** The variables that say something: an empty one counts as one that is not set. */
export function notEmpty(variables: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
}

/** What a schema found wrong, each with its remedy: the description of the variable. */
export function problemsOf(
  error: z.ZodError | undefined,
  { shape }: Pick<z.ZodObject, 'shape'> = environment,
): ConfigProblem[] {
  const issues = error?.issues ?? [];
  return issues.map(({ path, message: problem }) => {
    const variable = String(path[0]);
    const schema = Object.entries(shape).find(([name]) => name === variable)?.[1];
    const remedy = schema instanceof z.ZodType ? schema.description : undefined;
    return { variable, problem, remedy: remedy ?? 'See .env.example.' };
  });
}
