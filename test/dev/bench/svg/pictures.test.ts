import { expect, test } from 'vitest';
import { barChart } from '../../../../dev/bench/svg/bars.js';
import { lineChart } from '../../../../dev/bench/svg/lines.js';

const pair = { oursLabel: '60 ms', bareLabel: '100 ms', ratio: 0.6, goal: null };

test('a bar of ours is as long as its share of the bare agent’s', () => {
  const svg = barChart('Title', 'note', [{ ...pair, title: 'Join' }]);
  expect(lengths(svg, 'ours')).toEqual([0.6 * (lengths(svg, 'bare')[0] ?? 0)]);
});

test('a bar that is far longer than the bare agent’s stays within the picture', () => {
  const svg = barChart('Title', 'note', [{ ...pair, title: 'Join', ratio: 40 }]);
  expect(lengths(svg, 'ours')[0]).toBeLessThan(760);
});

test('a goal is marked where there is one', () => {
  expect(barChart('T', 'n', [{ ...pair, title: 'a', goal: 0.5 }])).toContain('class="goal"');
  expect(barChart('T', 'n', [{ ...pair, title: 'a' }])).not.toContain('class="goal"');
});

test.each([
  ['bars', barChart('a < b & "c"', 'note', [{ ...pair, title: '<script>' }])],
  ['lines', chart([{ x: 0, y: 1 }], 'a < b & "c"')],
])('%s: signs of XML in a text are escaped, and every element is closed', (_name, svg) => {
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
  expect(svg).not.toContain('<script>');
  expect(wellFormed(svg)).toBe(true);
});

test.each([
  ['bars', barChart('T', 'n', [])],
  ['lines', chart([])],
])('%s: a picture reads on a light and on a dark page, and says what it shows', (_name, svg) => {
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg).toContain('<title>T</title>');
  expect(svg).not.toContain('NaN');
});

test('a line lies within the plot, and zero at its foot', () => {
  const svg = chart([
    { x: 0, y: 0 },
    { x: 700, y: 130 },
  ]);
  const [first, last] = pointsOf(svg);
  expect(first).toEqual([56, 258]);
  expect(last?.[0]).toBeLessThanOrEqual(748);
  expect(last?.[1]).toBeGreaterThanOrEqual(56);
  // Round numbers at the axis, up to one that is not smaller than the largest value.
  expect(svg).toContain('>150<');
});

function chart(points: { x: number; y: number }[], title = 'T'): string {
  const series = [{ label: 'heap', points }];
  return lineChart({ title, note: 'n', xLabel: 'calls', yLabel: 'MB', series });
}

function lengths(svg: string, kind: string): number[] {
  return [...svg.matchAll(new RegExp(`<rect class="${kind}"[^>]* width="([\\d.]+)"`, 'g'))].map(
    ([, width]) => Number(width),
  );
}

function pointsOf(svg: string): number[][] {
  const [, points = ''] = /<polyline[^>]* points="([^"]*)"/.exec(svg) ?? [];
  return points.split(' ').map((point) => point.split(',').map(Number));
}

/** Every tag that opens is closed, in the right order. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)([\w]+)[^>]*?(\/?)>/g)) {
    if (closing === '/' && open.pop() !== name) {
      return false;
    }
    if (closing !== '/' && selfClosing !== '/') {
      open.push(name);
    }
  }
  return open.length === 0;
}
