import { checkers, PROMISES } from '../promises/index.js';
import type { RowResult } from '../result.js';
import { FAMILIES, type Row } from '../row.js';
import { SUBJECTS, type SubjectName } from '../subjects.js';
import { endedAfter, mark } from './table.js';

const SUBJECT_WORDS: Readonly<Record<SubjectName, string>> = {
  steadfast: 'this agent',
  bare: 'an agent written the way LiveKit’s documentation shows one (dev/fault-matrix/bare-agent.ts)',
  reporter: 'the agent of a bug report against LiveKit (dev/fault-matrix/reporter-agent.ts)',
};

/** docs/faults.md: what was promised for each fault, and what was seen. */
export function faultsDocument(rows: readonly Row[], results: readonly RowResult[]): string {
  const subjects = SUBJECTS.filter((name) => results.some(({ subject }) => subject === name));
  const several = subjects.length > 1;
  const command = several ? 'npm run faults -- --baseline' : 'npm run faults';
  return `${[
    '# Faults',
    `Written by \`${command}\`: ${rows.length} faults, each brought into a real call: the real worker and its job process, a real ` +
      'LiveKit server, a caller who hears and speaks, and a simulator in place of the model’s service. ' +
      'Durations are of the machine that wrote this, and limits are allowed what a busy machine took; `docs/faults.json` says how much. ' +
      'A row that was only late was played again, with no other beside it (`again` there). ' +
      'A run writes the rows it played, and leaves the others as they were.',
    '## The promises',
    checkers.map(({ name, promise }) => `- **${name}** ${promise}`).join('\n'),
    '`✓` kept, `✗` broken, `·` cannot be told by this row. *Tries* counts connections to the model. *Ended* is from the fault to ' +
      'the decision that the call is over; a dash: it went on until the caller hung up.',
    ...FAMILIES.flatMap((family) => familySection(family, rows, results)),
    ...(several ? sideBySide(rows, results, subjects) : []),
    limits(),
  ].join('\n\n')}\n`;
}

function familySection(
  family: Row['family'],
  rows: readonly Row[],
  results: readonly RowResult[],
): string[] {
  const own = rows.filter((row) => row.family === family);
  if (own.length === 0) {
    return [];
  }
  const head = ['Fault', 'When', 'Promised', 'Outcome', 'Tries', 'Ended', ...PROMISES];
  const lines = own.flatMap((row) => {
    const result = results.find((one) => one.fault === row.id && one.subject === 'steadfast');
    return result === undefined ? [] : [tableRow(row, result)];
  });
  const broken = results.filter(
    (one) => one.family === family && one.subject === 'steadfast' && !one.ok,
  );
  return [
    `## ${family}`,
    [cells(head), cells(head.map(() => '---')), ...lines].join('\n'),
    ...(broken.length === 0
      ? []
      : [broken.map(({ fault, broken: why }) => `- **${fault}**: ${why.join('; ')}`).join('\n')]),
  ];
}

function tableRow(row: Row, result: RowResult): string {
  const words = `${row.fault} \`${row.id}\``;
  if (result.skipped !== null) {
    return cells([
      words,
      row.when,
      promisedWords(row),
      `not played: ${result.skipped}`,
      '',
      '',
      ...PROMISES.map(() => ''),
    ]);
  }
  return cells([
    words,
    row.when,
    promisedWords(row),
    result.outcome ?? '–',
    String(result.attempts),
    endedAfter(result),
    ...PROMISES.map((promise) => mark(result, promise)),
  ]);
}

const HEARS: Readonly<Record<Row['promised']['hears'], string>> = {
  'every-answer': 'each question is answered',
  'last-answer': 'the last question is answered',
  notice: 'the caller is told',
  nothing: '',
};

function promisedWords({ promised }: Row): string {
  const {
    outcomes,
    hears,
    endsWithinMs,
    reconnectsWithinMs,
    greetsWithinMs,
    noticesWithinMs,
    connections,
  } = promised;
  const within = (what: string, ms: number | undefined): string[] =>
    ms === undefined ? [] : [`${what} within ${ms / 1000} s`];
  return [
    outcomes.join(' or '),
    HEARS[hears],
    ...within('over', endsWithinMs),
    ...within('connected again', reconnectsWithinMs),
    ...within('greets', greetsWithinMs),
    ...within('noticed', noticesWithinMs),
    `at most ${connections.most} tries`,
  ]
    .filter((one) => one !== '')
    .join('; ');
}

function sideBySide(
  rows: readonly Row[],
  results: readonly RowResult[],
  subjects: readonly SubjectName[],
): string[] {
  const of = (id: string, subject: SubjectName): RowResult | undefined =>
    results.find((one) => one.fault === id && one.subject === subject && one.skipped === null);
  const equal = rows.filter(({ id }) =>
    subjects.some(
      (subject) => subject !== 'steadfast' && isAsGood(of(id, subject), of(id, 'steadfast')),
    ),
  );
  return [
    '## Side by side',
    subjects.map((name) => `- **${name}**: ${SUBJECT_WORDS[name]}`).join('\n'),
    'The same rows, caller, simulator, server and probe. A baseline keeps no records, so P5 and P9 do not apply to it, nor do ' +
      'the words for an outcome; that it ends at all when the model is gone is asked of it, as of ours. Each cell: promises ' +
      'broken, tries, and when it ended.',
    [
      cells(['Fault', ...subjects]),
      cells(['---', ...subjects.map(() => '---')]),
      ...rows.map(({ id }) => cells([id, ...subjects.map((subject) => sideCell(of(id, subject)))])),
    ].join('\n'),
    `### Rows in which a baseline is as good as this agent (${equal.length})`,
    equal.length === 0 ? 'None.' : equal.map(({ id }) => `\`${id}\``).join(', '),
  ];
}

function isAsGood(one: RowResult | undefined, ours: RowResult | undefined): boolean {
  return (
    one !== undefined && ours !== undefined && (one.ok || one.broken.length <= ours.broken.length)
  );
}

function sideCell(result: RowResult | undefined): string {
  if (result === undefined) {
    return 'not played';
  }
  const broken = PROMISES.filter((promise) => !result.promises[promise]);
  const verdict = result.ok ? 'kept' : broken.length === 0 ? 'never got there' : broken.join(' ');
  return `${verdict}; ${result.attempts} tries; ${endedAfter(result)}`;
}

function limits(): string {
  return `## What this does not show

- The model’s service is a simulator; nothing here was compared with the live one. Network faults are made at its end.
- One machine, so no packet loss, and no clock that runs apart.
- After a SIGKILL the record on disk is checked as it was left. That the worker, or the next one, finishes it is shown by
  \`test/e2e/killed-midway.test.ts\` and \`test/e2e/recovery.test.ts\`.
- A row is played once. A fault that shows in one of a thousand calls is looked for by the soak test, not here.`;
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}
