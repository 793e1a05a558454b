import { buildServer } from './go-build.js';
import { isGoNewEnough, parseGoVersion } from './go-version.js';
import type { LiveKitResolver } from './source.js';

/** Builds the server with Go, into the cache. */
export const fromGo: LiveKitResolver = {
  name: 'a build with Go',
  remedy: 'install Go 1.26 or newer (https://go.dev/dl): the server is then built once',
  async find(context) {
    const printed = await context.machine.ask('go', ['version']);
    if (printed === null) {
      return { missing: 'go is not on PATH' };
    }
    const version = parseGoVersion(printed);
    if (version === null || !isGoNewEnough(version)) {
      return { missing: `${printed.trim()} is too old` };
    }
    return { source: { kind: 'binary', path: await buildServer(context), from: 'a new build' } };
  },
};
