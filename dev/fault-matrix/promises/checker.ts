import type { Evidence } from '../evidence.js';

export const PROMISES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const;
export type PromiseName = (typeof PROMISES)[number];

/** Judges one promise by what was seen of a row. */
export interface Checker {
  readonly name: PromiseName;
  /** The promise, as a sentence. */
  readonly promise: string;
  /** Whether the row says anything about it: a subject that keeps no records can keep none whole. */
  applies(evidence: Evidence): boolean;
  /** What is broken, a sentence each; none when the promise was kept. */
  broken(evidence: Evidence): string[];
}

/** `kept`: it was; `untested`: the row cannot tell. */
export type Verdict =
  | { readonly name: PromiseName; readonly verdict: 'kept' | 'untested' }
  | { readonly name: PromiseName; readonly verdict: 'broken'; readonly why: readonly string[] };

/** A sentence when it is so. */
export function when(isSo: boolean, sentence: string): string[] {
  return isSo ? [sentence] : [];
}

/** Whether a duration is over its limit, where a busy machine is not held against anybody. */
export function exceeds(
  durationMs: number,
  limitMs: number,
  { lagMs }: Pick<Evidence, 'lagMs'>,
): boolean {
  return durationMs > limitMs + lagMs;
}
