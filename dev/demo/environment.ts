import { config as loadEnvironmentFiles } from 'dotenv';

/**
 * Fills our environment from .env.local, then .env; what is set already wins. An empty variable counts as one that is not
 * set, as it does for the agent.
 */
export function loadEnvironment(): void {
  dropEmptyVariables();
  loadEnvironmentFiles({ path: ['.env.local', '.env'], quiet: true });
  dropEmptyVariables();
}

function dropEmptyVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (value?.trim() === '') {
      Reflect.deleteProperty(process.env, name);
    }
  }
}
