import { notEmpty } from '../config/check.js';
import { environment } from '../config/environment.js';
import { parseRecordsConfig } from '../config/records.js';
import { parseCommand, USAGE, type Command } from './args.js';
import { forget } from './forget.js';
import { list } from './list.js';
import { rendered, type CommandResult } from './result.js';
import { retry } from './retry.js';
import { show } from './show.js';

/**
 * Carries out one command line.
 *
 * @returns what is printed, and the exit code.
 * @throws CommandError or ConfigError, in words for a person; the system's error when a file cannot be read.
 */
export async function runCalls(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ output: string; exitCode: 0 | 1 }> {
  const { command, json } = parseCommand(args);
  const result = await carryOut(command, env);
  return { output: rendered(result, json), exitCode: result.exitCode };
}

async function carryOut(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  if (command.name === 'help') {
    return { text: USAGE, json: USAGE, exitCode: 0 };
  }
  const config = parseRecordsConfig(env);
  switch (command.name) {
    case 'list':
      return list(config.dataDir);
    case 'show':
      return show(config.dataDir, command.callId);
    case 'retry':
      return retry(config, command.callId);
    case 'forget':
      return forget(config, candidatesDir(env), command.candidateId);
  }
}

function candidatesDir(env: Readonly<Record<string, string | undefined>>): string {
  return environment.shape.CANDIDATES_DIR.parse(notEmpty(env)['CANDIDATES_DIR']);
}
