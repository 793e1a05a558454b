import { expect, test } from 'vitest';
import { estimateCost } from '../../../src/records/call/cost.js';
import { PRICES } from '../../../src/records/call/prices.js';
import * as sample from '../sample-call.js';

test('usage without a name is the realtime model’s; what came from the cache has its own price', () => {
  const { amount, unpriced } = estimateCost(sample.ended.usage, 'gpt-realtime-mini');

  // 50k text, 50k cached text, 100k audio, 100k cached audio in; 10k text, 20k audio out.
  const cents = 0.05 * 0.6 + 0.05 * 0.06 + 0.1 * 10 + 0.1 * 0.3 + 0.01 * 2.4 + 0.02 * 20;
  expect(amount).toBeCloseTo(cents, 4);
  expect(unpriced).toEqual([]);
});

test('a dated snapshot costs what its model does', () => {
  const usage = [
    {
      type: 'llm_usage',
      model: 'gpt-realtime-2025-08-28',
      inputTokens: 1_000_000,
      inputAudioTokens: 1_000_000,
    },
  ];

  expect(estimateCost(usage, '').amount).toBe(PRICES['gpt-realtime']?.audioIn);
});

test('a model without a price is named, and the rest is counted', () => {
  const usage = [
    { type: 'llm_usage', model: 'house-model', inputTokens: 5 },
    { type: 'tts_usage', model: 'gpt-4o-mini-tts', outputTokens: 1_000_000 },
  ];

  expect(estimateCost(usage, '')).toMatchObject({ amount: 12, unpriced: ['house-model'] });
});

test.each([[[]], [[null, 'x', { inputTokens: -1 }, { inputTokens: 'many' }]]])(
  'usage that makes no sense costs nothing: %j',
  (usage) => {
    expect(estimateCost(usage, 'gpt-realtime')).toMatchObject({ amount: 0, unpriced: [] });
  },
);
