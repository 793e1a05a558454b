import type { BenchResult } from '../result.js';
import { barChart } from '../svg/bars.js';
import { comparisonRows, inWords } from './rows.js';

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
