import type { JobProcess, VAD } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import { redactLogs } from '../telemetry/logger.js';
import { redactor } from '../telemetry/redact.js';
import { rehearseRoom } from './rehearse-room.js';
import { chooseTurnDetector, type TurnDetector } from './turn-detector.js';

/** What every call of a job process shares: loaded once, before the first of them. */
export interface Prewarmed {
  /** Only there when this machine decides on turns. */
  local?: LocalTurns;
}

export interface LocalTurns {
  /** Finds speech in the caller's audio. */
  readonly vad: VAD;
  readonly detector: TurnDetector;
}

/**
 * Rehearses the joining of a room, and loads what the configured turn detection needs: with `server_vad` neither the
 * speech detector nor a turn detector is even imported. A process whose prewarm takes
 * longer than 30 s (worker-options.ts) is killed and started again, for ever.
 */
export function prewarm(config: Config) {
  const { turnDetection } = config;
  return async (process: JobProcess<Prewarmed>): Promise<void> => {
    // Before anything else can log a line in this process.
    redactLogs(redactor(config));
    await rehearseRoom();
    if (turnDetection.by === 'local') {
      const { VAD } = await import('@livekit/agents-plugin-silero');
      process.userData.local = {
        vad: await VAD.load({
          activationThreshold: turnDetection.threshold,
          minSilenceDuration: turnDetection.silenceMs,
          prefixPaddingDuration: turnDetection.prefixMs,
        }),
        detector: await chooseTurnDetector(),
      };
    }
  };
}
