import { z } from 'zod';
import { CURRENCY, PRICES, PRICES_AS_OF, type ModelPrice } from './prices.js';

const count = z.number().nonnegative().default(0);

/** One record of LiveKit's usage, as far as it costs something. Zeros are left out there. */
const modelUsage = z.object({
  type: z.string().default(''),
  model: z.string().default(''),
  inputTokens: count,
  inputTextTokens: count,
  inputCachedTextTokens: count,
  inputAudioTokens: count,
  inputCachedAudioTokens: count,
  outputTokens: count,
  outputTextTokens: count,
  outputAudioTokens: count,
});
type Usage = z.output<typeof modelUsage>;

export const costEstimate = z.object({
  /** In `currency`, rounded to a hundredth of a cent. */
  amount: z.number().nonnegative(),
  currency: z.string(),
  /** When the prices were looked up, such as "2026-11". */
  pricesAsOf: z.string(),
  /** Models that were used and whose price is not known: the true amount is higher. */
  unpriced: z.array(z.string()),
});
export type CostEstimate = z.output<typeof costEstimate>;

/**
 * What a call cost, by LiveKit's usage and the price list. An estimate: LiveKit does not count the transcription of the
 * caller's speech inside a realtime session (agents 1.9.0), nor what a connection used that was lost in mid-reply.
 *
 * @param realtimeModel name of the model whose usage has none: the realtime plugin reports none
 */
export function estimateCost(
  usage: readonly unknown[],
  realtimeModel: string,
  prices: Readonly<Record<string, ModelPrice>> = PRICES,
): CostEstimate {
  let amount = 0;
  const unpriced = new Set<string>();
  for (const record of usage) {
    const used = modelUsage.safeParse(record).data;
    if (used === undefined || used.inputTokens + used.outputTokens === 0) {
      continue;
    }
    const model = used.model === '' ? realtimeModel : used.model;
    const price = priceOf(model, prices);
    if (price === undefined) {
      unpriced.add(model);
    } else {
      amount += tokens(used, price) / 1_000_000;
    }
  }
  return {
    amount: Math.round(amount * 10_000) / 10_000,
    currency: CURRENCY,
    pricesAsOf: PRICES_AS_OF,
    unpriced: [...unpriced],
  };
}

/** The price of the model itself, or of the one that it is a dated snapshot of. */
function priceOf(
  model: string,
  prices: Readonly<Record<string, ModelPrice>>,
): ModelPrice | undefined {
  const base = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.entries(prices).find(([name]) => name === model || name === base)?.[1];
}

function tokens(used: Usage, price: ModelPrice): number {
  if (used.type === 'tts_usage') {
    return used.inputTokens * (price.textIn ?? 0) + used.outputTokens * (price.audioOut ?? 0);
  }
  if (used.type === 'stt_usage') {
    return used.inputTokens * (price.audioIn ?? 0) + used.outputTokens * (price.textOut ?? 0);
  }
  // LiveKit's input counts include what came from the cache.
  const text = used.inputTextTokens - used.inputCachedTextTokens;
  const audio = used.inputAudioTokens - used.inputCachedAudioTokens;
  const split = used.outputTextTokens + used.outputAudioTokens;
  return (
    Math.max(0, text) * (price.textIn ?? 0) +
    used.inputCachedTextTokens * (price.textCachedIn ?? price.textIn ?? 0) +
    Math.max(0, audio) * (price.audioIn ?? 0) +
    used.inputCachedAudioTokens * (price.audioCachedIn ?? price.audioIn ?? 0) +
    used.outputAudioTokens * (price.audioOut ?? 0) +
    (split === 0 ? used.outputTokens : used.outputTextTokens) * (price.textOut ?? 0)
  );
}
