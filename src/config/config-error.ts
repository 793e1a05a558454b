/** One thing that is wrong with the configuration. None of the texts quotes a secret's value. */
export interface ConfigProblem {
  /** Name of the environment variable, or path of the file. */
  readonly variable: string;
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** With which the process ends when its configuration is wrong. */
export const CONFIG_EXIT_CODE = 2;

/** Everything that is wrong with the configuration, at once, so that it is mended in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; '));
    this.problems = problems;
  }
}

/** The problems as a person reads them on a terminal. */
export function formatConfigError({ problems }: ConfigError): string {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  const lines = problems.map(
    ({ variable, problem, remedy }) => `  ${variable} ${problem}.\n    → ${remedy}`,
  );
  return [
    `The configuration has ${count}:`,
    '',
    ...lines,
    '',
    'Variables are read from the environment, then .env.local, then .env. All of them: .env.example',
  ].join('\n');
}
