import { PROMISES } from '../promises/index.js';
import type { RowResult } from '../result.js';

const WIDTHS = { fault: 36, outcome: 18, attempts: 5, ended: 8 };

/** The head of the table that is printed while the rows are played. */
export function tableHead(): string {
  const { fault, outcome, attempts, ended } = WIDTHS;
  const names = PROMISES.map((name) => name.padStart(3)).join(' ');
  return `     ${'fault'.padEnd(fault)} ${'outcome'.padEnd(outcome)} ${'tries'.padStart(attempts)} ${'ended'.padStart(ended)}  ${names}`;
}

/** One row: `✓` kept, `✗` broken, `·` cannot be told here. What is broken follows in words. */
export function tableLine(result: RowResult, severalSubjects: boolean): string {
  const { fault, outcome, attempts, ended } = WIDTHS;
  const name = severalSubjects ? `${result.subject}: ${result.fault}` : result.fault;
  if (result.skipped !== null) {
    return `skip ${name.padEnd(fault)} ${result.skipped}`;
  }
  const line = [
    result.ok ? ' ok ' : 'RED ',
    name.padEnd(fault),
    (result.outcome ?? '–').padEnd(outcome),
    String(result.attempts).padStart(attempts),
    endedAfter(result).padStart(ended),
    '',
    PROMISES.map((promise) => mark(result, promise).padStart(3)).join(' '),
  ].join(' ');
  const again = result.again ? ['       played again, with nothing beside it'] : [];
  return [line, ...again, ...result.broken.map((why) => `       ${why}`)].join('\n');
}

/** `✓`, `✗` or `·`. */
export function mark(result: RowResult, promise: (typeof PROMISES)[number]): string {
  if (!result.promises[promise]) {
    return '✗';
  }
  return result.untested.includes(promise) ? '·' : '✓';
}

/** Seconds, or a dash for a call that went on. */
export function endedAfter({ endedAfterMs }: RowResult): string {
  return endedAfterMs === null ? '–' : `${(endedAfterMs / 1000).toFixed(2)} s`;
}

/** The last words. */
export function summary(results: readonly RowResult[]): string {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  return subjects
    .map((subject) => {
      const own = results.filter((one) => one.subject === subject && one.skipped === null);
      const kept = own.filter(({ ok }) => ok).length;
      const skipped = results.filter((one) => one.subject === subject && one.skipped !== null);
      const rest = skipped.length === 0 ? '' : `, ${skipped.length} not played`;
      return `${subject}: every promise kept in ${kept} of ${own.length} rows${rest}`;
    })
    .join('\n');
}
