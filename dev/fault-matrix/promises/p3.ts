import type { Evidence } from '../evidence.js';
import { linesOf } from '../probe-log.js';
import type { Checker } from './checker.js';

/** What the matrix itself throws. */
const PLANTED = /\b(planted|injected): /;
/** Eleven abort listeners at once are no leak: LiveKit's client has one for each message under way. */
const TROUBLE = /ERR_UNHANDLED|leak detected\. \d+ (?!abort)|Unhandled 'error' event/i;

const WORDS_AROUND = 40;

export const p3: Checker = {
  name: 'P3',
  promise:
    "No uncaughtException, no unhandledRejection, no 'error' without a listener, in any process.",
  applies: ({ processes }) => processes.length > 0,
  broken: ({ row, processes, startedAt, endedAt, texts }: Evidence) => {
    const isPlanted = (text: string): boolean =>
      row.promised.planted === true && PLANTED.test(text);
    const seen = processes.flatMap((trace) =>
      [...linesOf(trace, 'uncaught'), ...linesOf(trace, 'rejection'), ...linesOf(trace, 'warning')]
        .filter(({ at }) => at >= startedAt && at <= endedAt)
        .filter(({ kind, text }) => kind !== 'warning' || TROUBLE.test(text))
        .filter(({ text }) => !isPlanted(text))
        .map(({ kind, text }) => `${kind}: ${firstLine(text)}`),
    );
    const printed = (texts['the output'] ?? '')
      .split('\n')
      .filter((line) => TROUBLE.test(line) && !isPlanted(line))
      .map((line) => `printed: ${around(line, TROUBLE)}`);
    return [...new Set([...seen, ...printed])];
  },
};

/** What was found in a line that may be long, such as an error in JSON, with a few words around it. */
function around(line: string, found: RegExp): string {
  const at = found.exec(line)?.index ?? 0;
  return line.slice(Math.max(0, at - WORDS_AROUND), at + 2 * WORDS_AROUND).trim();
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 160);
}
