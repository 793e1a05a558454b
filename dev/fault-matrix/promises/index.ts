import type { Evidence } from '../evidence.js';
import type { Checker, Verdict } from './checker.js';
import { p1 } from './p1.js';
import { p10 } from './p10.js';
import { p2 } from './p2.js';
import { p3 } from './p3.js';
import { p4 } from './p4.js';
import { p5 } from './p5.js';
import { p6 } from './p6.js';
import { p7 } from './p7.js';
import { p8 } from './p8.js';
import { p9 } from './p9.js';

/** A checker for each promise of src/lifecycle/README.md. */
export const checkers: readonly Checker[] = [p1, p2, p3, p4, p5, p6, p7, p8, p9, p10];

/** Judges a row by what was seen of it. */
export function judge(evidence: Evidence): Verdict[] {
  return checkers.map((checker) => {
    const { name } = checker;
    if (!checker.applies(evidence)) {
      return { name, verdict: 'untested' };
    }
    const why = checker.broken(evidence);
    return why.length === 0 ? { name, verdict: 'kept' } : { name, verdict: 'broken', why };
  });
}

export { PROMISES, type PromiseName, type Verdict } from './checker.js';
