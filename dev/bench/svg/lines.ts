import type { Point } from '../regression.js';
import { escape, picture } from './text.js';

/** One line of a chart. */
export interface Series {
  readonly label: string;
  readonly points: readonly Point[];
}

export interface LineChart {
  readonly title: string;
  readonly note: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** One or two. */
  readonly series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 300;
const PLOT = { left: 56, right: 748, top: 56, bottom: 258 };
const CLASSES = ['line', 'second'] as const;

/** Lines over a common x; the y axis begins at zero, so that a slope looks as steep as it is. */
export function lineChart({ title, note, xLabel, yLabel, series }: LineChart): string {
  const all = series.flatMap(({ points }) => points);
  const x = scale(
    all.map((point) => point.x),
    PLOT.left,
    PLOT.right,
  );
  const y = scale(
    all.map((point) => point.y),
    PLOT.bottom,
    PLOT.top,
  );
  const body = [
    `<text class="title" x="12" y="22">${escape(title)}</text>`,
    `<text class="small" x="12" y="40">${escape(note)}</text>`,
    ...y.ticks.map(
      (tick) =>
        `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y.at(tick)}" y2="${y.at(tick)}"/>` +
        `<text class="small" text-anchor="end" x="${PLOT.left - 6}" y="${y.at(tick) + 4}">${tick}</text>`,
    ),
    ...x.ticks.map(
      (tick) =>
        `<text class="small" text-anchor="middle" x="${x.at(tick)}" y="${PLOT.bottom + 16}">${tick}</text>`,
    ),
    `<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}"/>`,
    `<text class="small" text-anchor="end" x="${PLOT.right}" y="${HEIGHT - 10}">${escape(xLabel)}</text>`,
    `<text class="small" x="12" y="${HEIGHT - 10}">${escape(yLabel)}</text>`,
    ...series.flatMap(({ label, points }, at) => drawSeries(label, points, at, x.at, y.at)),
  ];
  return picture(WIDTH, HEIGHT, title, body);
}

function drawSeries(
  label: string,
  points: readonly Point[],
  at: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const last = points.at(-1);
  if (last === undefined) {
    return [];
  }
  const path = points.map((point) => `${x(point.x)},${y(point.y)}`).join(' ');
  return [
    `<polyline class="${CLASSES[at % CLASSES.length]}" points="${path}"/>`,
    `<text class="small" text-anchor="end" x="${PLOT.right}" y="${y(last.y) - 6}">${escape(label)}</text>`,
  ];
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From zero to a round number above the largest value. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const largest = Math.max(1, ...values);
  const step = roundStep(largest / 4);
  const end = Math.ceil(largest / step) * step;
  const count = Math.round(end / step);
  return {
    at: (value) => Math.round((from + ((to - from) * value) / end) * 10) / 10,
    ticks: Array.from({ length: count + 1 }, (_, at) => at * step),
  };
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}
