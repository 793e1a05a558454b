import { expect, it } from 'vitest';
import { p7 } from '../../../../dev/fault-matrix/promises/p7.js';
import { evidence, trace } from '../support/evidence.js';

const sample = (megabytes: number, atMs: number, collected = true) =>
  ({
    kind: 'memory',
    rss: 0,
    heapUsed: megabytes * 1_000_000,
    external: 0,
    lagMs: 0,
    collected,
    atMs,
  }) as const;

it('breaks when more memory is in use after the fault than it may cost', () => {
  const job = trace(7, sample(50, 3900), sample(80, 8000));
  expect(p7.broken(evidence({ job }))).toEqual([expect.stringMatching(/^30\.0 MB more in use/)]);
});

it('is kept when memory stays as it was', () => {
  expect(p7.broken(evidence({ job: trace(7, sample(50, 3900), sample(51, 8000)) }))).toEqual([]);
});

it('compares only what was measured right after a collection', () => {
  const job = trace(7, sample(50, 3900), sample(90, 8000, false));
  expect(p7.applies(evidence({ job }))).toBe(false);
});
