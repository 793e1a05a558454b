import type { Reporter, TestModule } from 'vitest/node';

/**
 * Prints the run's last line, `N passed, N failed`, with `, N skipped` when some were.
 * A file that could not be loaded, an error outside any test, or a run that failed before its tests, counts as one failure.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test still pending when the run ended never gave its verdict.
        counts[state === 'pending' ? 'failed' : state] += 1;
      }
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    // On the next tick: the other reporters print their summary in this one.
    process.once('beforeExit', () => {
      // Vitest tells no reporter that what a run prepares has failed, or that there was nothing to run: only its exit code says so.
      if (counts.failed === 0 && Number(process.exitCode ?? 0) !== 0) {
        counts.failed = 1;
      }
      console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
    });
  }
}
