import type { TalkLimits } from '../lifecycle/index.js';
import type { Interview } from './interview.js';

/** The limits that the plan sets for its own calls; the configuration's hold for the others. */
export function planLimits({ plan: { limits } }: Pick<Interview, 'plan'>): Partial<TalkLimits> {
  const set = {
    maxDurationMs: limits.maxDuration,
    timeHintMs: limits.timeHint,
    silenceMs: limits.silence,
    rejoinGraceMs: limits.rejoinGrace,
  };
  return Object.fromEntries(Object.entries(set).filter(([, ms]) => ms !== undefined));
}

/** How long a conversation of any of these plans may take, in milliseconds: `otherwiseMs` where a plan does not say. */
export function longestTalkMs(
  plans: Iterable<Pick<Interview['plan'], 'limits'>>,
  otherwiseMs: number,
): number {
  return Math.max(...Array.from(plans, ({ limits }) => limits.maxDuration ?? otherwiseMs));
}
