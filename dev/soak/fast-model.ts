import { fileURLToPath } from 'node:url';

/** The simulator's variables: nothing waits that does not have to, as memory is of interest here. */
export const FAST_MODEL = {
  SIMULATOR_LATENCY_HANDSHAKE_MS: '0',
  SIMULATOR_LATENCY_FIRST_AUDIO_MS: '0',
  SIMULATOR_LATENCY_JITTER_MS: '0',
  SIMULATOR_PACE_FACTOR: '100',
  SIMULATOR_SCENARIO: fileURLToPath(new URL('scenario.yaml', import.meta.url)),
};
