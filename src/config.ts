import { config as loadEnvironmentFiles } from 'dotenv';
import { drains, takesCalls, unknownCommand, variablesFromFlags } from './config/command-line.js';
import { CONFIG_EXIT_CODE, ConfigError, formatConfigError } from './config/config-error.js';
import { checkPort } from './config/port.js';
import { productionProblems } from './config/production.js';
import { parseConfig, type Config } from './config/schema.js';
import { loadInterviews } from './interview/load-interviews.js';
import { exitWith } from './lifecycle/process-guard.js';

/*
 * Importing this file fills the environment: from the command line's flags, then from `.env.local`, then from
 * `.env`; what is already set wins over both files. It has to be the first import of agent.ts, because
 * LiveKit's plugins read their keys from the environment when they are imported.
 */

/** Stands in for what is missing when nothing but `--help` was asked for. */
const NOTHING_TO_RUN = {
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'none',
  LIVEKIT_API_SECRET: 'none',
  OPENAI_API_KEY: 'none',
};

const args = process.argv.slice(2);
Object.assign(process.env, variablesFromFlags(args));
loadEnvironmentFiles({ path: ['.env.local', '.env'], quiet: true });

/** A job process has a parent to talk to, and was given no command. */
const isJob = process.send !== undefined;
const unknown = isJob ? undefined : unknownCommand(args);
if (unknown !== undefined) {
  exitWith(
    CONFIG_EXIT_CODE,
    `There is no command "${unknown}". Try: start, dev, connect --room NAME, --help.`,
  );
}

async function load() {
  const runs = takesCalls(args, isJob);
  try {
    const config = parseConfig(process.env);
    const interviews = loadInterviews(config.interview);
    if (runs && !isJob) {
      const problems = drains(args) ? productionProblems(config) : [];
      if (problems.length > 0) {
        throw new ConfigError(problems);
      }
      await checkPort(config.worker);
    }
    return { config, interviews };
  } catch (error) {
    if (!(error instanceof ConfigError)) {
      throw error;
    }
    return runs
      ? exitWith(CONFIG_EXIT_CODE, formatConfigError(error))
      : { config: parseConfig(NOTHING_TO_RUN), interviews: new Map<string, never>() };
  }
}

const loaded = await load();

/**
 * The configuration of this process. A wrong one ends the process with exit code 2 and a list of what to
 * mend.
 */
export const config: Config = Object.freeze(loaded.config);

/** Every interview there is, by its id. */
export const interviews = loaded.interviews;
