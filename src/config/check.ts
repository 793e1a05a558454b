import type { z } from 'zod';
import type { ConfigProblem } from './config-error.js';
import { environment } from './environment.js';

/** The variables that say something: an empty one counts as one that is not set. */
export function notEmpty(variables: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
}

/** What a schema of `environment` found wrong, each with its remedy. */
export function problemsOf(error: z.ZodError | undefined): ConfigProblem[] {
  return error?.issues.map(({ path, message }) => problemOf(String(path[0]), message)) ?? [];
}

function problemOf(variable: string, problem: string): ConfigProblem {
  const schema = Object.entries(environment.shape).find(([name]) => name === variable)?.[1];
  return { variable, problem, remedy: schema?.description ?? 'See .env.example.' };
}
