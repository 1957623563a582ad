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
    // no test copies its runs to a server that a developer has set, except for the one that is meant for it
    env: { MLFLOW_TRACKING_URI: '', SWINGLAB_MLFLOW: process.env['MLFLOW_TRACKING_URI'] ?? '' },
    unstubEnvs: true,
    restoreMocks: true,
    reporters: ['default', new TotalsReporter()],
  },
});
