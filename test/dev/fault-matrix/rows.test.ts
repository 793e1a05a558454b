import { expect, it } from 'vitest';
import { faultCatalogue } from '../../../dev/realtime-simulator/faults/catalogue.js';
import { faultScope } from '../../../dev/realtime-simulator/faults/scope.js';
import { FAMILIES } from '../../../dev/fault-matrix/row.js';
import { rows } from '../../../dev/fault-matrix/rows/index.js';

it('there are at least sixty, of every family, and each has its own name', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(new Set(rows.map(({ family }) => family))).toEqual(new Set(FAMILIES));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

it('a row asks the simulator only for what it can do', () => {
  const requests = rows.flatMap(({ inject }) =>
    inject.flatMap((one) => (one.on === 'simulator' && 'request' in one ? [one.request] : [])),
  );
  expect(requests.length).toBeGreaterThan(30);
  for (const { fault, ...rest } of requests) {
    const params = Object.fromEntries(
      Object.entries(rest).filter(([name]) => !Object.hasOwn(faultScope.shape, name)),
    );
    expect(() => faultCatalogue.find(({ name }) => name === fault)?.prepare(params)).not.toThrow();
  }
});

it('a row that ends the call says in which time, unless the caller decides that', () => {
  const endless = rows.filter(
    ({ course, promised }) =>
      course.kind === 'waits' && promised.exit !== 'killed' && promised.endsWithinMs === undefined,
  );
  expect(endless.map(({ id }) => id)).toEqual([]);
});
