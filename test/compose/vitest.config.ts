import { defineConfig } from 'vitest/config';

/** `npm run test:compose`: not among the other tests, because it needs a Docker engine, and minutes. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/compose/**/*.test.ts'],
    reporters: ['default', './dev/testing/summary-reporter.ts'],
    fileParallelism: false,
  },
});
