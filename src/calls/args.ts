import { parseArgs } from 'node:util';
import { CommandError } from './result.js';

export const USAGE = `Calls that were held, and what became of their records.

  npm run calls                        every call: outcome, candidate, report, delivery
  npm run calls -- show CALL_ID        what happened in it, with how long each answer took
  npm run calls -- retry CALL_ID       delivers it now; what was delivered is not sent again
  npm run calls -- retry --parked      the same for all that were given up
  npm run calls -- forget CANDIDATE_ID removes a candidate's calls, here and in the bucket,
                                       and their file in CANDIDATES_DIR

  --json   for machines (npm run --silent calls -- --json)
  --help   this text

The folder is DATA_DIR, read from the environment, .env.local or .env. Ends with 0, with 1 when something
was not found or not done, with 2 when the command or the configuration is wrong.`;

/** What was asked for. */
export type Command =
  | { readonly name: 'help' | 'list' }
  | { readonly name: 'show'; readonly callId: string }
  | { readonly name: 'retry'; readonly callId: string | undefined }
  | { readonly name: 'forget'; readonly candidateId: string };

/** @throws CommandError that says what is wrong with the command line. */
export function parseCommand(args: readonly string[]): { command: Command; json: boolean } {
  const { values, positionals } = parsed(args);
  const [name = 'list', id, ...more] = positionals;
  const parked = values.parked;
  const wrong = (problem: string) => new CommandError(`${problem}\n\n${USAGE}`, 2);
  const needsId = () => {
    if (id === undefined || id === '') {
      throw wrong(`"${name}" needs an id.`);
    }
    return id;
  };
  if (more.length > 0 || (name === 'list' && id !== undefined)) {
    throw wrong('That is one argument too many.');
  }
  if (parked && name !== 'retry') {
    throw wrong('--parked belongs to "retry".');
  }
  if (values.help) {
    return { command: { name: 'help' }, json: values.json };
  }
  switch (name) {
    case 'list':
      return { command: { name }, json: values.json };
    case 'show':
      return { command: { name, callId: needsId() }, json: values.json };
    case 'retry':
      if (parked === (id !== undefined)) {
        throw wrong('"retry" takes a call id or --parked.');
      }
      return { command: { name, callId: id }, json: values.json };
    case 'forget':
      return { command: { name, candidateId: needsId() }, json: values.json };
    default:
      throw wrong('There is no such command.');
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        parked: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new CommandError(
      `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`,
      2,
    );
  }
}
