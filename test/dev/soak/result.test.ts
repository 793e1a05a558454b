import { expect, test } from 'vitest';
import type { CallsRun } from '../../../dev/soak/calls.js';
import type { ReconnectRun } from '../../../dev/soak/reconnects.js';
import { reconnectsPicture, soakSummary } from '../../../dev/soak/report.js';
import { soakResult } from '../../../dev/soak/result.js';

/** A call that was cut a thousand times, and gained so much with each. */
function cutRun(kbPerReconnect: number, changes: Partial<ReconnectRun> = {}): ReconnectRun {
  const samples = Array.from({ length: 101 }, (_, at) => ({
    atMs: at * 6000,
    replies: at * 10,
    reconnects: at * 10,
    rssMb: 150,
    // A little noise, as a real heap has.
    heapMb: 40 + (at * 10 * kbPerReconnect) / 1024 + (at % 2) * 0.01,
    externalMb: 3,
  }));
  return { samples, connections: 1001, peakOpen: 1, leftOpen: 0, tookMs: 600_000, ...changes };
}

function callsRun(changes: Partial<CallsRun> = {}): CallsRun {
  return {
    samples: Array.from({ length: 30 }, (_, at) => ({ calls: at + 1, heapMb: 40, rssMb: 120 })),
    callRssMb: Array.from({ length: 30 }, (_, at) => 160 + (at % 2)),
    processesLeft: 0,
    connectionsLeft: 0,
    failed: 0,
    tookMs: 100_000,
    ...changes,
  };
}

test('a slope is found, in kilobytes, with the interval around it', () => {
  const { slopes, ok } = soakResult({ cut: cutRun(5) });
  const [heap] = slopes;
  expect(heap?.what).toContain('per reconnect');
  expect(heap?.kb.value).toBeCloseTo(5, 1);
  expect(heap?.kb.low).toBeLessThan(5);
  expect(heap?.kb.high).toBeGreaterThan(5);
  expect(ok).toBe(true);
});

test('what grows more than it may is not well', () => {
  const result = soakResult({ cut: cutRun(40) });
  expect(result.ok).toBe(false);
  expect(soakSummary(result)).toContain('RED  heap and buffers in use, per reconnect: 40.0 KB');
});

test('what grows only at first does not count', () => {
  const run = cutRun(0);
  const samples = run.samples.map((one, at) => (at < 20 ? { ...one, heapMb: 20 + at } : one));
  expect(soakResult({ cut: { ...run, samples } }).ok).toBe(true);
});

test('a short run is not judged: it is all warm-up', () => {
  const run = cutRun(40);
  const result = soakResult({ cut: { ...run, samples: run.samples.slice(0, 10) } });
  expect(result.slopes.every(({ judged, ok }) => !judged && ok)).toBe(true);
  expect(soakSummary(result)).toContain('too short a run to judge');
});

test('memory that goes up and down has no slope worth a word', () => {
  const { slopes } = soakResult({ calls: callsRun() });
  const ofProcess = slopes.find(({ what }) => what.includes('call’s process'));
  expect(ofProcess?.kb.low).toBeLessThan(0);
  expect(ofProcess?.ok).toBe(true);
});

test.each([
  [{ calls: callsRun({ processesLeft: 2 }) }, '2 processes of ended calls are left.'],
  [{ calls: callsRun({ connectionsLeft: 1 }) }, '1 connections of ended calls are left.'],
  [{ calls: callsRun({ failed: 3 }) }, 'In 3 calls nothing was heard of the agent.'],
  [{ cut: cutRun(0, { peakOpen: 2 }) }, 'One call had 2 connections at once.'],
  [{ cut: cutRun(0, { leftOpen: 1 }) }, '1 connections are left of the call that was cut.'],
])('what is left behind is not well', (runs, problem) => {
  const result = soakResult(runs);
  expect(result.ok).toBe(false);
  expect(result.problems).toEqual([problem]);
});

test('a part that was not run is absent, and no fault', () => {
  expect(soakResult({})).toEqual({
    ok: true,
    slopes: [],
    problems: [],
    calls: null,
    reconnects: null,
  });
});

test('the picture has a line for the heap and one for the process', () => {
  const svg = reconnectsPicture(cutRun(1));
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toContain('>1000<');
});
