import { once } from 'node:events';
import { CONFIG_EXIT_CODE, ConfigError, formatConfigError } from '../../src/config/config-error.js';
import { loadEnvironment } from '../demo/environment.js';
import { pageOptions } from './environment.js';
import { startPlayground } from './server.js';

/** Serves the page by itself, as in production: the agent, LiveKit and the model run elsewhere. */
async function main(): Promise<void> {
  loadEnvironment();
  await using page = await startPlayground(pageOptions(process.env));
  console.log(`The page: ${page.url}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

main().catch((error: unknown) => {
  const isConfig = error instanceof ConfigError;
  console.error(isConfig ? formatConfigError(error) : error);
  process.exitCode = isConfig ? CONFIG_EXIT_CODE : 1;
});
