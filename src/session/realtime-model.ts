import type { Config } from '../config/schema.js';
import type { SessionSettings } from '../lifecycle/index.js';

/**
 * The realtime model's options. Everything is stated, so that what the service is told does not depend on the
 * plugin's defaults, which differ from version to version.
 *
 * @param language of the interview, such as "en" or "pt-BR"
 */
export function realtimeModel(
  { openai, turnDetection }: Config,
  language: string,
): SessionSettings['model'] {
  return {
    apiKey: openai.apiKey,
    ...(openai.baseURL === undefined ? {} : { baseURL: openai.baseURL }),
    model: openai.realtimeModel,
    voice: openai.voice,
    speed: openai.speed,
    inputAudioTranscription: {
      model: openai.transcriptionModel,
      language: transcriptionLanguage(language),
    },
    // null, not undefined: the service turns its own detection off only when it is told so.
    turnDetection:
      turnDetection.by === 'local'
        ? null
        : {
            type: 'server_vad',
            threshold: turnDetection.threshold,
            prefix_padding_ms: turnDetection.prefixMs,
            silence_duration_ms: turnDetection.silenceMs,
            create_response: true,
            interrupt_response: true,
          },
  };
}

/** The service transcribes by two-letter languages: "pt-BR" is "pt". */
export function transcriptionLanguage(language: string): string {
  return language.slice(0, 2);
}
