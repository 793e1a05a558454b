import { defineConfig } from 'vitest/config';

const endToEnd = ['test/e2e/**/*.test.ts'];
/** They hold many calls at once, or look at how exactly a call went. */
const alone = ['caller', 'faults', 'interview', 'killed-midway', 'scale'].map(
  (name) => `test/e2e/${name}.test.ts`,
);
/** Takes a Docker engine, and minutes: `npm run test:compose`. */
const compose = ['test/compose/**/*.test.ts'];
const conformance = ['test/dev/realtime-simulator/conformance/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './dev/testing/summary-reporter.ts'],
    // The pieces under test run in two cores' worth of processes of their own.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...endToEnd, ...conformance, ...compose],
          // Some start real programs, and two cores may be busy.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'conformance',
          include: conformance,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: endToEnd,
          exclude: alone,
          globalSetup: ['test/e2e/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e-alone',
          include: alone,
          globalSetup: ['test/e2e/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
