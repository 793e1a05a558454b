import type { JobProcess, VAD } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import { redactLogs } from '../telemetry/logger.js';
import { redactor } from '../telemetry/redact.js';
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
 * Loads what the configured turn detection needs, and nothing else: with `server_vad` neither the speech
 * detector nor a turn detector is even imported. LiveKit kills a process whose prewarm takes longer than 10
 * s, and starts it again, for ever.
 */
export function prewarm(config: Config) {
  const { turnDetection } = config;
  return async (process: JobProcess<Prewarmed>): Promise<void> => {
    // Before anything else can log a line in this process.
    redactLogs(redactor(config));
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
