import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Prints one last line, `N passed, N failed, N skipped`: what a person or a script reads first. */
export class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let brokenFiles = 0;
    for (const module of modules) {
      let failedInside = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state]++;
        if (state === 'failed') failedInside++;
      }
      // a file that does not load, or whose hook throws, fails without a failed test
      if (module.state() === 'failed' && failedInside === 0) brokenFiles++;
    }
    const failed = counts.failed + counts.pending + brokenFiles + unhandledErrors.length;
    process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
  }
}
