import { findOnPath } from './machine.js';
import type { LiveKitResolver } from './source.js';

/** A program on this machine: LIVEKIT_SERVER_BIN, or livekit-server on PATH. */
export const fromBinary: LiveKitResolver = {
  name: 'an installed server',
  remedy:
    'put livekit-server on PATH (macOS: brew install livekit), or name it in LIVEKIT_SERVER_BIN',
  async find({ machine }) {
    const named = machine.env['LIVEKIT_SERVER_BIN'] ?? '';
    if (named !== '') {
      if (!(await machine.isExecutable(named))) {
        throw new Error(
          `LIVEKIT_SERVER_BIN names ${named}, which is no program that can be run. Correct or unset it.`,
        );
      }
      return { source: { kind: 'binary', path: named, from: 'LIVEKIT_SERVER_BIN' } };
    }
    const path = await findOnPath(machine, 'livekit-server');
    return path === null
      ? { missing: 'LIVEKIT_SERVER_BIN is not set and livekit-server is not on PATH' }
      : { source: { kind: 'binary', path, from: 'PATH' } };
  },
};
