/** What one check found. */
export interface Finding {
  /** What was looked at, a word or two. */
  readonly check: string;
  readonly ok: boolean;
  /** What is the case. */
  readonly what: string;
  /** Why it matters; empty when all is well. */
  readonly why: string;
  /** What to do, in one line; empty when all is well. */
  readonly fix: string;
}

export function well(check: string, what: string): Finding {
  return { check, ok: true, what, why: '', fix: '' };
}

export function wrong(
  check: string,
  { what, why, fix }: Pick<Finding, 'what' | 'why' | 'fix'>,
): Finding {
  return { check, ok: false, what, why, fix };
}
