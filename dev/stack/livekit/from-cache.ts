import { cachedProgram, type Machine } from './machine.js';
import { LIVEKIT_VERSION, type LiveKitResolver } from './source.js';

/** Where the server that this project has built lies. */
export function cachedServerPath(machine: Machine): string {
  return cachedProgram(machine, 'livekit-server', LIVEKIT_VERSION);
}

/** The server an earlier run has built. */
export const fromCache: LiveKitResolver = {
  name: 'the server built earlier',
  remedy: 'nothing to do: the first run with Go builds it',
  async find({ machine }) {
    const path = cachedServerPath(machine);
    return (await machine.isExecutable(path))
      ? { source: { kind: 'binary', path, from: 'the cache' } }
      : { missing: `${path} does not exist` };
  },
};
