import type { z } from 'zod';
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
  { shape }: { readonly shape: Readonly<Record<string, z.ZodType>> } = environment,
): ConfigProblem[] {
  const issues = error?.issues ?? [];
  return issues.map(({ path, message: problem }) => {
    const variable = String(path[0]);
    const remedy = shape[variable]?.description;
    return { variable, problem, remedy: remedy ?? 'See .env.example.' };
  });
}
