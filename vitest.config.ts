import { defineConfig } from 'vitest/config';

const endToEnd = ['test/e2e/**/*.test.ts'];
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
          exclude: [...endToEnd, ...conformance],
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
          globalSetup: ['test/e2e/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
