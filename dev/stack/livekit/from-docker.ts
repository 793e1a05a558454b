import { LIVEKIT_VERSION, type LiveKitResolver } from './source.js';

/** The official image, when the Docker engine (not only its command) is there. */
export const fromDocker: LiveKitResolver = {
  name: 'Docker',
  remedy: 'install and start Docker: the official image is then pulled once',
  async find({ machine }) {
    if ((await machine.ask('docker', ['--version'])) === null) {
      return { missing: 'docker is not on PATH' };
    }
    const engine = await machine.ask('docker', ['info', '--format', '{{.ServerVersion}}']);
    // Older clients print an empty version and succeed when the engine is not there.
    if (engine === null || engine.trim() === '') {
      return { missing: 'docker is installed, its engine is not running' };
    }
    return { source: { kind: 'docker', image: `livekit/livekit-server:${LIVEKIT_VERSION}` } };
  },
};
