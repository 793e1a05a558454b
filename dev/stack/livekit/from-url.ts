import type { LiveKitResolver } from './source.js';

/** A server that is already running: LIVEKIT_URL and its key pair. */
export const fromUrl: LiveKitResolver = {
  name: 'a running server',
  remedy: 'set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET',
  async find({ machine: { env } }) {
    const url = env['LIVEKIT_URL'] ?? '';
    const apiKey = env['LIVEKIT_API_KEY'] ?? '';
    const apiSecret = env['LIVEKIT_API_SECRET'] ?? '';
    if (url === '') {
      return { missing: 'LIVEKIT_URL is not set' };
    }
    if (!/^wss?:\/\//.test(url)) {
      throw new Error(`LIVEKIT_URL must start with ws:// or wss://, e.g. ws://127.0.0.1:7880`);
    }
    if (apiKey === '' || apiSecret === '') {
      const absent = apiKey === '' ? 'LIVEKIT_API_KEY' : 'LIVEKIT_API_SECRET';
      throw new Error(
        `LIVEKIT_URL is set, ${absent} is not. Set both keys of that server, or unset LIVEKIT_URL ` +
          'to start a local one.',
      );
    }
    return { source: { kind: 'running', url, apiKey, apiSecret } };
  },
};
