import { config as loadEnvironmentFiles } from 'dotenv';
import { CommandError } from './calls/result.js';
import { runCalls } from './calls/run.js';
import { CONFIG_EXIT_CODE, ConfigError, formatConfigError } from './config/config-error.js';

/** `npm run calls`: looks after the records of finished calls. Needs no worker and no LiveKit. */
loadEnvironmentFiles({ path: ['.env.local', '.env'], quiet: true });

try {
  const { output, exitCode } = await runCalls(process.argv.slice(2), process.env);
  process.stdout.write(output);
  process.exitCode = exitCode;
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write(`${formatConfigError(error)}\n`);
    process.exitCode = CONFIG_EXIT_CODE;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof CommandError ? error.exitCode : 1;
  }
}
