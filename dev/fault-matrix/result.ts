import type { Evidence } from './evidence.js';
import { withoutLimits, type Family, type Row } from './row.js';
import { attempts, endedAfterMs, outcomeOf } from './promises/facts.js';
import { judge, PROMISES, type PromiseName, type Verdict } from './promises/index.js';
import type { SubjectName } from './subjects.js';

/** What came of one row. This is what `--json` prints and docs/faults.json holds. Durations in milliseconds. */
export interface RowResult {
  /** The row's id. */
  readonly fault: string;
  readonly about: string;
  readonly family: Family;
  readonly subject: SubjectName;
  /** Every promise was kept. */
  readonly ok: boolean;
  /** A promise that the row cannot test counts as kept, and stands in `untested`. */
  readonly promises: Readonly<Record<PromiseName, boolean>>;
  readonly untested: readonly PromiseName[];
  /** How the call ended, by its own account. */
  readonly outcome: string | null;
  /** Connections to the model that were tried. */
  readonly attempts: number;
  /** From the fault to the end of the call; null when it went on until the caller hung up. */
  readonly endedAfterMs: number | null;
  /** Voice heard after the fault. */
  readonly heardAfterMs: number;
  /** What is broken, a sentence each. */
  readonly broken: readonly string[];
  /** Why the row was not played, if it was not. */
  readonly skipped: string | null;
  /** What a busy machine took of the time; limits were allowed so much more. */
  readonly lagMs: number;
  /** It was too late for its limits beside another row, and was played again with nothing beside it: this is what came then. */
  readonly again: boolean;
}

/** Whether everything happened that should, and only not in time. */
export function isOnlyLate(evidence: Evidence): boolean {
  const untimed = { ...evidence, row: withoutLimits(evidence.row) };
  return !resultOf(evidence).ok && resultOf(untimed).ok;
}

/** Judges what was seen. */
export function resultOf(evidence: Evidence): RowResult {
  const { row, heard, subject, lagMs, problem, faultAt } = evidence;
  const verdicts = judge(evidence);
  const broken = [
    ...(faultAt === null
      ? [`the fault never came: ${problem ?? 'its moment was not reached'}`]
      : []),
    ...verdicts.flatMap((one) =>
      one.verdict === 'broken' ? one.why.map((why) => `${one.name}: ${why}`) : [],
    ),
  ];
  const hungUp = row.course.kind === 'asks' && heard.agentGoneAt === null;
  return {
    ...blank(row, subject),
    ok: broken.length === 0,
    promises: kept(verdicts),
    untested: verdicts.flatMap(({ name, verdict }) => (verdict === 'untested' ? [name] : [])),
    outcome: outcomeOf(evidence),
    attempts: attempts(evidence),
    endedAfterMs: hungUp ? null : endedAfterMs(evidence),
    heardAfterMs: heard.afterFaultMs,
    broken,
    lagMs,
  };
}

/** A row that this subject or this machine cannot be put through. */
export function skippedResult(row: Row, subject: SubjectName, why: string): RowResult {
  return { ...blank(row, subject), skipped: why };
}

/** A row that could not be played: whatever the reason, nothing was shown. */
export function unplayedResult(row: Row, subject: SubjectName, error: unknown): RowResult {
  const why = error instanceof Error ? error.message : String(error);
  return { ...blank(row, subject), ok: false, broken: [`it could not be played: ${why}`] };
}

function blank({ id, fault, family }: Row, subject: SubjectName): RowResult {
  return {
    fault: id,
    about: fault,
    family,
    subject,
    ok: true,
    promises: kept([]),
    untested: PROMISES,
    outcome: null,
    attempts: 0,
    endedAfterMs: null,
    heardAfterMs: 0,
    broken: [],
    skipped: null,
    lagMs: 0,
    again: false,
  };
}

function kept(verdicts: readonly Verdict[]): Record<PromiseName, boolean> {
  const is = (name: PromiseName): boolean =>
    verdicts.find((one) => one.name === name)?.verdict !== 'broken';
  return {
    P1: is('P1'),
    P2: is('P2'),
    P3: is('P3'),
    P4: is('P4'),
    P5: is('P5'),
    P6: is('P6'),
    P7: is('P7'),
    P8: is('P8'),
    P9: is('P9'),
    P10: is('P10'),
  };
}
