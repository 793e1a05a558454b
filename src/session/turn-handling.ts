import { STT } from '@livekit/agents-plugin-openai';
import type { Config } from '../config/schema.js';
import type { SessionSettings } from '../lifecycle/index.js';
import type { Prewarmed } from './prewarm.js';
import { transcriptionLanguage } from './realtime-model.js';

type TurnHandling = Pick<SessionSettings['session'], 'vad' | 'stt' | 'turnHandling'>;

/**
 * Who decides on turns. What is left out here the framework fills in by itself: a speech detector, a turn
 * detector and, in `dev`, two services of LiveKit's cloud. So it is all stated.
 */
export function turnHandling(
  { openai, turnDetection }: Config,
  { local }: Prewarmed,
  language: string,
): TurnHandling {
  if (turnDetection.by === 'server_vad') {
    return { vad: null, turnHandling: { turnDetection: 'realtime_llm' } };
  }
  if (local === undefined) {
    throw new Error('With TURN_DETECTION=local, prewarm has to have loaded a speech detector.');
  }
  const { vad, detector } = local;
  return {
    vad,
    turnHandling: { turnDetection: detector.make(), interruption: { mode: 'vad' } },
    ...(detector.needsWords
      ? {
          stt: new STT({
            apiKey: openai.apiKey,
            ...(openai.baseURL === undefined ? {} : { baseURL: openai.baseURL }),
            model: openai.transcriptionModel,
            language: transcriptionLanguage(language),
            // One request a turn instead of a second socket to the service.
            useRealtime: false,
          }),
        }
      : {}),
  };
}
