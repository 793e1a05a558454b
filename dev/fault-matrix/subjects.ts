import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileAgent } from '../stack/compile-agent.js';
import { copyAgent } from './agent-copy.js';

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
  /** What it must find in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Compiles or copies what is to be run.
 *
 * @param folder of the run, which is removed at its end
 */
export async function prepareSubject(name: SubjectName, folder: string): Promise<Subject> {
  if (name === 'steadfast') {
    const dist = await copyAgent(join(folder, 'agent'));
    return {
      name,
      entry: join(dist, 'agent.js'),
      faultyEntry: fileURLToPath(new URL('test/processes/faulty-agent.mjs', REPOSITORY)),
      env: { AGENT_DIST: `${pathToFileURL(dist).href}/` },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const compiled = await compileAgent(`dev/fault-matrix/${name}-agent.ts`);
  return {
    name,
    entry: compiled.entry,
    faultyEntry: null,
    env: {},
    [Symbol.asyncDispose]: () => compiled[Symbol.asyncDispose](),
  };
}
