import { escape, picture } from './text.js';

/** Two bars, one above the other, as long as their values. */
export interface BarPair {
  readonly title: string;
  /** What is written at the end of each bar. */
  readonly oursLabel: string;
  readonly bareLabel: string;
  /** Ours as a share of bare's, whose bar has the whole length. */
  readonly ratio: number;
  /** A mark at this share of bare's bar. */
  readonly goal: number | null;
}

const WIDTH = 760;
const LEFT = 12;
/** The length of a bar that is as long as bare's. Longer ones go on, up to the picture's edge less its label. */
const UNIT = 430;
const LONGEST = 1.35;
const BAR = 12;
const PAIR = 62;
const HEAD = 52;

/** Pairs of bars: what ours takes beside what the bare agent takes. Shorter is better. */
export function barChart(title: string, note: string, pairs: readonly BarPair[]): string {
  const body = [
    `<text class="title" x="${LEFT}" y="22">${escape(title)}</text>`,
    `<text class="small" x="${LEFT}" y="40">${escape(note)}</text>`,
    ...pairs.flatMap((pair, at) => drawPair(pair, HEAD + at * PAIR)),
  ];
  return picture(WIDTH, HEAD + pairs.length * PAIR + 8, title, body);
}

function drawPair({ title, oursLabel, bareLabel, ratio, goal }: BarPair, top: number): string[] {
  const oursTop = top + 20;
  const bareTop = oursTop + BAR + 3;
  const length = Math.round(UNIT * Math.min(ratio, LONGEST));
  return [
    `<text x="${LEFT}" y="${top + 13}">${escape(title)}</text>`,
    // Behind the mark, which would stand in it.
    bar('ours', length, oursTop, oursLabel, Math.max(length, UNIT * (goal ?? 0))),
    bar('bare', UNIT, bareTop, bareLabel),
    ...(goal === null ? [] : [goalAt(LEFT + UNIT * goal, oursTop)]),
  ];
}

function bar(
  kind: 'ours' | 'bare',
  length: number,
  top: number,
  label: string,
  labelFrom: number = length,
): string {
  return (
    `<rect class="${kind}" x="${LEFT}" y="${top}" width="${length}" height="${BAR}" rx="2"/>` +
    `<text class="small" x="${LEFT + labelFrom + 8}" y="${top + BAR - 2}">${escape(label)}</text>`
  );
}

function goalAt(x: number, top: number): string {
  return `<line class="goal" x1="${x}" x2="${x}" y1="${top - 3}" y2="${top + BAR + 2}"/>`;
}
