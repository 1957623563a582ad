import { lightgbm, tensorBackends } from './backends.js';
import type { Check } from './check.js';
import { bundledSample, configuration, duckdb, store } from './data.js';
import { calendarToday, folderAndDisk, nodeVersion } from './machine.js';
import { chromium, jupyter, python, tslab } from './notebooks.js';
import { keys, mlflow } from './services.js';

/** Everything that `swing doctor` looks at, in the order of its table. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  duckdb,
  bundledSample,
  configuration,
  store,
  folderAndDisk,
  calendarToday,
  ...tensorBackends,
  lightgbm,
  mlflow,
  ...keys,
  python,
  jupyter,
  tslab,
  chromium,
];
