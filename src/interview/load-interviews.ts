import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, type ConfigProblem } from '../config/config-error.js';
import type { InterviewLibrary, InterviewPlan } from './plan.js';
import { readPlan, type PlanResult } from './read-plan.js';

export interface InterviewSettings {
  /** Folder of the `*.yaml` files, one an interview. */
  readonly dir: string;
  /** The one that is held when none is asked for, or one that does not exist. */
  readonly defaultId: string;
}

/**
 * Reads every interview of a folder, once, when the process starts: a mistake in one is told then and not to
 * a caller.
 *
 * @throws ConfigError with every problem of every file.
 */
export function loadInterviews({ dir, defaultId }: InterviewSettings): InterviewLibrary {
  const interviews = new Map<string, InterviewPlan>();
  const problems: ConfigProblem[] = [];
  for (const file of filesIn(dir)) {
    const result = readFile(file);
    if ('plan' in result) {
      interviews.set(result.plan.id, result.plan);
    } else {
      problems.push(...result.problems);
    }
  }
  const files = filesIn(dir).map((file) => basename(file, '.yaml'));
  if (!files.includes(defaultId)) {
    problems.push({
      variable: 'INTERVIEW',
      problem: `asks for "${defaultId}", and there is no such file in ${dir}`,
      remedy: `Set it to one of: ${files.join(', ')}.`,
    });
  }
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return interviews;
}

function readFile(file: string): PlanResult {
  try {
    return readPlan(file, readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const remedy = 'Let the agent’s user read the file, or move it out of the folder.';
    return { problems: [{ variable: file, problem: `cannot be read (${why})`, remedy }] };
  }
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(dir, name));
  } catch {
    throw new ConfigError([
      {
        variable: 'INTERVIEWS_DIR',
        problem: `is ${dir}, and no such folder can be read`,
        remedy: 'Start the agent in the project’s folder, or set the full path of the folder.',
      },
    ]);
  }
}
