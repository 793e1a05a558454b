import { inference, log, type voice } from '@livekit/agents';
import { multilingualWeightsExist } from './multilingual-weights.js';

type TurnHandling = NonNullable<voice.AgentSessionOptions['turnHandling']>;

/** Judges by what was said, or how it was said, whether the caller has finished or is thinking. */
export interface TurnDetector {
  readonly name: 'multilingual' | 'bundled';
  /** Whether it needs the caller's words, and so a transcription of its own beside the model's. */
  readonly needsWords: boolean;
  /** Makes the detector of one call; inside a job only, for it asks the worker's inference process. */
  make(): NonNullable<TurnHandling['turnDetection']>;
}

/**
 * The multilingual detector when its weights were downloaded, else the one that comes with the framework.
 * Says once which.
 *
 * The multilingual one judges words. A realtime model gives them only after the turn, so without a
 * transcription of its own it would never be asked (agents 1.9.0, audio_recognition.ts, `useDetector`). The
 * bundled one listens, and needs nothing.
 */
export async function chooseTurnDetector(
  weightsExist: () => boolean = multilingualWeightsExist,
): Promise<TurnDetector> {
  if (!weightsExist()) {
    log().info(
      'turn detector: the bundled one (for the multilingual one run `npx livekit-agents download-files`)',
    );
    // Pinned to the local version: in `dev` the framework would otherwise ask LiveKit's cloud.
    return {
      name: 'bundled',
      needsWords: false,
      make: () => new inference.TurnDetector({ version: 'v1-mini' }),
    };
  }
  log().info('turn detector: the multilingual one, with a transcription of its own');
  const { turnDetector } = await import('@livekit/agents-plugin-livekit');
  return {
    name: 'multilingual',
    needsWords: true,
    make: () => new turnDetector.MultilingualModel(),
  };
}
