import { GOALS, type BenchResult, type Compared } from '../result.js';
import type { Estimate, Summary } from '../statistics.js';

/** One line of the comparison; in all of them less is better. */
export interface ComparisonRow {
  readonly title: string;
  readonly unit: 'ms' | 'MB';
  readonly compared: Compared;
  /** The ratio aimed at, at most. */
  readonly goal: number | null;
}

/** What was measured, in the order it is reported in. What was not measured is left out. */
export function comparisonRows(result: BenchResult): ComparisonRow[] {
  const rows: ComparisonRow[] = [
    {
      title: 'Caller joins → first word heard',
      unit: 'ms',
      compared: result.firstWordMs,
      goal: GOALS.firstWordRatio,
    },
    {
      title: 'Model’s audio sent → heard',
      unit: 'ms',
      compared: result.heardMs,
      goal: GOALS.heardRatio,
    },
    {
      title: 'Memory: worker, one call, one idle process',
      unit: 'MB',
      compared: result.workerPssMb,
      goal: GOALS.workerMemoryRatio,
    },
    {
      title: 'Memory: one further call',
      unit: 'MB',
      compared: result.callPssMb,
      goal: GOALS.callMemoryRatio,
    },
    {
      title: 'Processor time per minute of call',
      unit: 'ms',
      compared: result.cpuMsPerCallMinute,
      goal: null,
    },
    {
      title: 'Connection cut → open again',
      unit: 'ms',
      compared: result.reopenedMs,
      goal: null,
    },
    {
      title: 'Next words of the caller → answer heard',
      unit: 'ms',
      compared: result.answeredMs,
      goal: null,
    },
  ];
  return rows.filter(({ compared }) => compared.ours.count + compared.bare.count > 0);
}

/** "812 (790–840)": the median and the quartiles. A dash when there is nothing. */
export function inWords({ count, median, lowerQuartile, upperQuartile }: Summary): string {
  if (count === 0) {
    return '–';
  }
  const [low, high] = [Math.round(lowerQuartile), Math.round(upperQuartile)];
  return low === high ? `${low}` : `${Math.round(median)} (${low}–${high})`;
}

/** "0.62 (0.58–0.66)": the ratio and the interval of 95 %. */
export function ratioInWords({ value, low, high }: Estimate): string {
  return Number.isFinite(value)
    ? `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
    : '–';
}

/** Whether the goal is met; empty where there is none. */
export function verdict({ goal, compared }: ComparisonRow): string {
  if (goal === null || !Number.isFinite(compared.ratio.value)) {
    return '';
  }
  return compared.ratio.value <= goal ? `at most ${goal}: met` : `at most ${goal}: missed`;
}
