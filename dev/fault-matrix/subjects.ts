import { fileURLToPath } from 'node:url';
import { compileAgent } from '../stack/compile-agent.js';

/** Whom the rows are run against. */
export const SUBJECTS = ['steadfast', 'bare', 'reporter'] as const;
export type SubjectName = (typeof SUBJECTS)[number];

const REPOSITORY = new URL('../../', import.meta.url);

/** A subject's program, ready to be run as a worker. */
export interface Subject extends AsyncDisposable {
  readonly name: SubjectName;
  readonly entry: string;
  /** Its agent with a fault in the code it was given; only ours has such a thing. */
  readonly faultyEntry: string | null;
}

/** Compiles what is not built yet. */
export async function prepareSubject(name: SubjectName): Promise<Subject> {
  if (name === 'steadfast') {
    return {
      name,
      entry: pathOf('dist/agent.js'),
      faultyEntry: pathOf('test/processes/faulty-agent.mjs'),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const compiled = await compileAgent(`dev/fault-matrix/${name}-agent.ts`);
  return {
    name,
    entry: compiled.entry,
    faultyEntry: null,
    [Symbol.asyncDispose]: () => compiled[Symbol.asyncDispose](),
  };
}

function pathOf(path: string): string {
  return fileURLToPath(new URL(path, REPOSITORY));
}
