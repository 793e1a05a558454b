/** US dollars for a million tokens. What a model does not take or give has no price. */
export interface ModelPrice {
  readonly textIn?: number;
  readonly textCachedIn?: number;
  readonly textOut?: number;
  readonly audioIn?: number;
  readonly audioCachedIn?: number;
  readonly audioOut?: number;
}

export const CURRENCY = 'USD';

/** When the prices below were looked up. */
export const PRICES_AS_OF = '2026-11';

/** What the service's pages on its models say; a snapshot such as `gpt-realtime-2025-08-28` costs what its model does. */
export const PRICES: Readonly<Record<string, ModelPrice>> = {
  'gpt-realtime': {
    textIn: 4,
    textCachedIn: 0.4,
    textOut: 16,
    audioIn: 32,
    audioCachedIn: 0.4,
    audioOut: 64,
  },
  'gpt-realtime-1.5': {
    textIn: 4,
    textCachedIn: 0.4,
    textOut: 16,
    audioIn: 32,
    audioCachedIn: 0.4,
    audioOut: 64,
  },
  'gpt-realtime-2': {
    textIn: 4,
    textCachedIn: 0.4,
    textOut: 24,
    audioIn: 32,
    audioCachedIn: 0.4,
    audioOut: 64,
  },
  'gpt-realtime-mini': {
    textIn: 0.6,
    textCachedIn: 0.06,
    textOut: 2.4,
    audioIn: 10,
    audioCachedIn: 0.3,
    audioOut: 20,
  },
  'gpt-realtime-2.1-mini': {
    textIn: 0.6,
    textCachedIn: 0.06,
    textOut: 2.4,
    audioIn: 10,
    audioCachedIn: 0.3,
    audioOut: 20,
  },
  'gpt-4o-transcribe': { textIn: 2.5, textOut: 10, audioIn: 6 },
  'gpt-4o-mini-transcribe': { textIn: 1.25, textOut: 5, audioIn: 3 },
  'gpt-4o-mini-tts': { textIn: 0.6, audioOut: 12 },
  'gpt-4.1': { textIn: 2, textCachedIn: 0.5, textOut: 8 },
  'gpt-4.1-mini': { textIn: 0.4, textCachedIn: 0.1, textOut: 1.6 },
};
