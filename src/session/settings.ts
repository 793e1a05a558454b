import { TTS } from '@livekit/agents-plugin-openai';
import type { Config } from '../config/schema.js';
import type { SessionSettings } from '../lifecycle/index.js';
import type { Prewarmed } from './prewarm.js';
import { realtimeModel } from './realtime-model.js';
import { turnHandling } from './turn-handling.js';

/** What the session's settings depend on besides the configuration. */
interface Spoken {
  readonly plan: { readonly language: string };
}

/** The settings of one call's session, as plain values and the models they name. */
export function sessionSettings(config: Config) {
  return ({ plan }: Spoken, prewarmed: Prewarmed): SessionSettings => ({
    model: realtimeModel(config, plan.language),
    maxModelSessionMs: config.openai.maxSessionMs,
    session: {
      ...turnHandling(config, prewarmed, plan.language),
      tts: fixedSentences(config),
    },
    // What a caller types is an answer, too (lifecycle/typed-answers.ts).
    roomInput: { textEnabled: true, videoEnabled: false },
  });
}

/**
 * Speaks `call.say`. A realtime model can be told what to say, but not to say exactly this; without a TTS
 * `say` throws.
 */
function fixedSentences({ openai }: Config): TTS {
  return new TTS({
    apiKey: openai.apiKey,
    ...(openai.baseURL === undefined ? {} : { baseURL: openai.baseURL }),
    model: openai.ttsModel,
    voice: openai.ttsVoice,
  });
}
