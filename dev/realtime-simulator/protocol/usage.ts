import type { Item } from './items.js';

interface Details {
  readonly text_tokens: number;
  readonly audio_tokens: number;
  readonly image_tokens: number;
}

/** Tokens of one reply, in the service's shape. */
export interface ResponseUsage {
  readonly total_tokens: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly input_token_details: Details & {
    readonly cached_tokens: number;
    readonly cached_tokens_details: Details;
  };
  readonly output_token_details: { readonly text_tokens: number; readonly audio_tokens: number };
}

export type TranscriptionUsage =
  | { readonly type: 'duration'; readonly seconds: number }
  | {
      readonly type: 'tokens';
      readonly total_tokens: number;
      readonly input_tokens: number;
      readonly input_token_details: { readonly text_tokens: number; readonly audio_tokens: number };
      readonly output_tokens: number;
    };

/** What a reply is counted from. Durations in milliseconds. */
export interface Counted {
  readonly instructions: string;
  readonly items: readonly Item[];
  readonly heardMs: number;
  readonly spokenMs: number;
  readonly spokenText: string;
  readonly cachedTokens: number;
}

/** Counts like the service: 100 ms of the caller or 50 ms of the model are one token; text about four letters. */
export function countResponse(counted: Counted): ResponseUsage {
  const textIn = textTokens(counted.instructions) + textTokens(JSON.stringify(counted.items));
  const audioIn = Math.ceil(counted.heardMs / 100);
  const textOut = textTokens(counted.spokenText);
  const audioOut = Math.ceil(counted.spokenMs / 50);
  const cached = Math.min(counted.cachedTokens, textIn);
  return {
    total_tokens: textIn + audioIn + textOut + audioOut,
    input_tokens: textIn + audioIn,
    output_tokens: textOut + audioOut,
    input_token_details: {
      text_tokens: textIn,
      audio_tokens: audioIn,
      image_tokens: 0,
      cached_tokens: cached,
      cached_tokens_details: { text_tokens: cached, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: textOut, audio_tokens: audioOut },
  };
}

/** What a failed reply reports: zeros, not an absence. */
export const noUsage: ResponseUsage = {
  total_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
  input_token_details: {
    text_tokens: 0,
    audio_tokens: 0,
    image_tokens: 0,
    cached_tokens: 0,
    cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 0, audio_tokens: 0 },
};

/** Usage of one input transcription; whisper-1 is billed by the second, the others by tokens. */
export function countTranscription(
  model: string | undefined,
  heardMs: number,
  text: string,
): TranscriptionUsage {
  if (model === 'whisper-1') {
    return { type: 'duration', seconds: heardMs / 1000 };
  }
  const audio = Math.ceil(heardMs / 100);
  const output = textTokens(text);
  return {
    type: 'tokens',
    total_tokens: audio + output,
    input_tokens: audio,
    input_token_details: { text_tokens: 0, audio_tokens: audio },
    output_tokens: output,
  };
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
