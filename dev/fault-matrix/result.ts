import type { Evidence } from './evidence.js';
import type { Family } from './row.js';
import { judge, type PromiseName } from './promises/index.js';
import { attempts, endedAfterMs, outcomeOf } from './promises/facts.js';
import type { SubjectName } from './subjects.js';

/** What came of one row. `null` for a promise: the row cannot tell. */
export interface RowResult {
  /** The row's id. */
  readonly id: string;
  readonly fault: string;
  readonly family: Family;
  readonly subject: SubjectName;
  readonly ok: boolean;
  readonly promises: Readonly<Partial<Record<PromiseName, boolean | null>>>;
  /** How the call ended, by its own account. */
  readonly outcome: string | null;
  /** Connections to the model that were tried. */
  readonly attempts: number;
  /** From the fault to the end of the call; null when it went on, or the caller hung up. */
  readonly endedAfterMs: number | null;
  /** Voice heard after the fault. */
  readonly heardAfterMs: number;
  /** What is broken, a sentence each, with the promise's name before it. */
  readonly broken: readonly string[];
  /** Why the row could not be played at all. Not a failure of the subject's. */
  readonly skipped: string | null;
  /** How late timers ran in the worst moment. Durations are allowed so much more. */
  readonly lagMs: number;
}

/** Judges what was seen. */
export function resultOf(evidence: Evidence): RowResult {
  const { row, heard, subject, lagMs, problem, faultAt } = evidence;
  const verdicts = judge(evidence);
  const broken = verdicts.flatMap((one) =>
    one.verdict === 'broken' ? one.why.map((why) => `${one.name}: ${why}`) : [],
  );
  if (faultAt === null) {
    broken.push(`the fault never came: ${problem ?? 'the moment was not reached'}`);
  }
  return {
    id: row.id,
    fault: row.fault,
    family: row.family,
    subject,
    ok: broken.length === 0,
    promises: Object.fromEntries(
      verdicts.map(({ name, verdict }) => [
        name,
        verdict === 'untested' ? null : verdict === 'kept',
      ]),
    ),
    outcome: outcomeOf(evidence),
    attempts: attempts(evidence),
    endedAfterMs:
      row.course.kind === 'asks' && heard.agentGoneAt === null ? null : endedAfterMs(evidence),
    heardAfterMs: heard.afterFaultMs,
    broken,
    skipped: null,
    lagMs,
  };
}

/** A row that this subject or this machine cannot be put through. */
export function skippedResult(
  { id, fault, family }: Evidence['row'],
  subject: SubjectName,
  why: string,
): RowResult {
  return {
    id,
    fault,
    family,
    subject,
    ok: true,
    promises: {},
    outcome: null,
    attempts: 0,
    endedAfterMs: null,
    heardAfterMs: 0,
    broken: [],
    skipped: why,
    lagMs: 0,
  };
}
