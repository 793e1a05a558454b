import { goInstall } from '../go-install.js';
import { cachedServerPath } from './from-cache.js';
import { LIVEKIT_VERSION, type ResolveContext } from './source.js';

/**
 * Builds the server into the cache and returns its path.
 *
 * @throws Error with Go's last lines when the build fails or takes too long.
 */
export function buildServer(context: ResolveContext): Promise<string> {
  const program = {
    name: 'livekit-server',
    source: `github.com/livekit/livekit-server/cmd/server@${LIVEKIT_VERSION}`,
    target: cachedServerPath(context.machine),
  };
  return goInstall(program, context);
}
