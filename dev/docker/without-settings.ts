/**
 * An environment without what a compose file reads, and what Compose itself reads: set in a shell, they count for more than
 * `--env-file`, and a developer's key would have the tests talk with the real model.
 */
export function withoutSettings(
  composeFile: string,
  env: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const read = new Set([...composeFile.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !read.has(name) && !name.startsWith('COMPOSE_')),
  );
}
