import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { BenchResult } from '../result.js';
import { barChart } from '../svg/bars.js';
import { benchDocument } from './document.js';
import { comparisonRows, inWords } from './rows.js';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));

/** Writes docs/benchmarks.md, .json and .svg. */
export async function writeDocs(result: BenchResult, folder: string = DOCS): Promise<void> {
  await mkdir(folder, { recursive: true });
  const style = { printWidth: 100, singleQuote: true } as const;
  await Promise.all([
    writeFile(
      `${folder}benchmarks.md`,
      await format(benchDocument(result), { ...style, parser: 'markdown' }),
    ),
    writeFile(
      `${folder}benchmarks.json`,
      await format(JSON.stringify(result), { ...style, parser: 'json' }),
    ),
    writeFile(`${folder}benchmarks.svg`, benchPicture(result)),
  ]);
}

/** The comparison as bars, for the README. */
export function benchPicture(result: BenchResult): string {
  const pairs = comparisonRows(result)
    .filter(({ compared }) => Number.isFinite(compared.ratio.value))
    .map(({ title, unit, compared, goal }) => ({
      title,
      ratio: compared.ratio.value,
      goal,
      oursLabel: `${inWords(compared.ours)} ${unit}, ${compared.ratio.value.toFixed(2)} of bare`,
      bareLabel: `${inWords(compared.bare)} ${unit}`,
    }));
  const note =
    'Green: this agent. Grey: one written as LiveKit’s documentation shows. Shorter is better; the dashed mark is the goal.';
  return barChart('This agent beside a bare one', note, pairs);
}
