import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './config/tools/totals-reporter.js';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    // two cores is the smallest machine this must be quick on; processes, because native libraries keep global state
    pool: 'forks',
    maxWorkers: 2,
    sequence: { shuffle: { files: true, tests: true } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    unstubEnvs: true,
    restoreMocks: true,
    reporters: ['default', new TotalsReporter()],
  },
});
