import { fromBinary } from './from-binary.js';
import { fromCache } from './from-cache.js';
import { fromDocker } from './from-docker.js';
import { fromGo } from './from-go.js';
import { fromUrl } from './from-url.js';
import type { LiveKitResolver, LiveKitSource, ResolveContext } from './source.js';

/** Every way of getting a LiveKit server, in the order they are tried. */
const RESOLVERS: readonly LiveKitResolver[] = [fromUrl, fromBinary, fromCache, fromGo, fromDocker];

/**
 * The first way that works.
 *
 * @throws Error that lists every way with the reason it did not work and what to do.
 */
export async function resolveLiveKit(context: ResolveContext): Promise<LiveKitSource> {
  const refusals: string[] = [];
  for (const resolver of RESOLVERS) {
    context.signal?.throwIfAborted();
    const answer = await resolver.find(context);
    if ('source' in answer) {
      return answer.source;
    }
    refusals.push(`  - ${resolver.name}: ${answer.missing}. To use it: ${resolver.remedy}.`);
  }
  throw new Error(
    `No LiveKit server can be had here. Any one of these will do:\n${refusals.join('\n')}`,
  );
}
