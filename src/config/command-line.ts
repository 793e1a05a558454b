import { parseArgs } from 'node:util';

/** LiveKit's own flags and the variables they stand for. */
const FLAGS = {
  url: 'LIVEKIT_URL',
  'api-key': 'LIVEKIT_API_KEY',
  'api-secret': 'LIVEKIT_API_SECRET',
  'log-level': 'LOG_LEVEL',
} as const;

const COMMANDS_THAT_TAKE_CALLS = ['start', 'dev', 'connect', 'console'];
const COMMANDS = [...COMMANDS_THAT_TAKE_CALLS, 'download-files', 'help'];

/**
 * The variables set by flags such as `--url`. They must become variables before the worker forks its job
 * processes, which read the configuration, too, but see no flags.
 *
 * @param args what follows the name of the script
 */
export function variablesFromFlags(args: readonly string[]): Record<string, string> {
  const { values } = parse(args);
  return Object.fromEntries(
    Object.entries(FLAGS).flatMap(([flag, variable]) => {
      const value = values[flag];
      return typeof value === 'string' ? [[variable, value]] : [];
    }),
  );
}

/**
 * Whether this process needs a valid configuration: `--help` does not. A process with a parent to talk to
 * runs calls.
 */
export function takesCalls(args: readonly string[], hasParent: boolean): boolean {
  return hasParent || args.some((argument) => COMMANDS_THAT_TAKE_CALLS.includes(argument));
}

/** The command, when it is none of LiveKit's: its CLI would do nothing, and end as if all were well. */
export function unknownCommand(args: readonly string[]): string | undefined {
  const [command] = parse(args).positionals;
  return command === undefined || COMMANDS.includes(command) ? undefined : command;
}

/** Whether this worker lets its calls end by themselves when it is told to stop. */
export function drains(args: readonly string[]): boolean {
  return parse(args).positionals[0] === 'start';
}

function parse(args: readonly string[]) {
  const options = Object.fromEntries(
    Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]),
  );
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
}
