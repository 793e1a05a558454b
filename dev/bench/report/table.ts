import type { BenchResult } from '../result.js';
import { comparisonRows, inWords, ratioInWords, verdict } from './rows.js';

const HEAD = ['', 'this agent', 'bare agent', 'ratio', 'goal'];

/** The comparison for a terminal. */
export function asTable(result: BenchResult): string {
  const lines = comparisonRows(result).map((row) => [
    `${row.title}, ${row.unit}`,
    inWords(row.compared.ours),
    inWords(row.compared.bare),
    ratioInWords(row.compared.ratio),
    verdict(row),
  ]);
  const table = [HEAD, ...lines];
  const widths = HEAD.map((_cell, column) =>
    Math.max(...table.map((line) => (line[column] ?? '').length)),
  );
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
