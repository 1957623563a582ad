import { z } from 'zod';

import { dataConfig } from '../data/config.js';
import { featuresConfig } from '../features/config.js';
import { graphConfig } from '../graph/config.js';
import { forecastConfig, trainingConfig } from '../models/config.js';
import { optionsConfig } from '../options/config.js';
import { portfolioConfig } from '../portfolio/config.js';
import { reportConfig } from '../report/config.js';
import { strategyConfig } from '../strategy/config.js';
import { trackingConfig } from '../tracking/config.js';
import { experimentConfig } from './experiment-config.js';

const pathsConfig = z
  .strictObject({
    store: z.string().min(1).default('store').describe('folder of the data store (relative to this file)'),
    runs: z.string().min(1).default('runs').describe('folder of run records and reports (relative to this file)'),
    models: z.string().min(1).default('models').describe('folder of trained models (relative to this file)'),
  })
  .prefault({});

const clockConfig = z
  .strictObject({
    decisionTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time as hh:mm')
      .default('23:30')
      .describe('New York time of a session at which its decision is made (hh:mm); after the close, before midnight')
      .refine((time) => time >= '16:30', 'expected a time after the close, 16:30 or later'),
  })
  .prefault({});

const pipelineConfig = z
  .strictObject({
    retries: z.int().min(0).max(10).default(2).describe('times a step is tried again after a failure that may pass'),
    retryDelayMs: z.int().min(0).max(600_000).default(1000).describe('wait before the first retry, doubled each time (milliseconds)'),
    keepRuns: z.int().min(1).max(10_000).default(60).describe('run folders kept; older ones are removed'),
  })
  .prefault({});

/** The whole configuration: assembled from the modules' own schemas; unknown keys are refused at every level. */
export const configSchema = z.strictObject({
  seed: z.int().min(0).max(4_294_967_295).default(7).describe('seed of everything random'),
  paths: pathsConfig,
  clock: clockConfig,
  data: dataConfig,
  features: featuresConfig,
  options: optionsConfig,
  graph: graphConfig,
  training: trainingConfig,
  forecast: forecastConfig,
  strategy: strategyConfig,
  portfolio: portfolioConfig,
  report: reportConfig,
  pipeline: pipelineConfig,
  tracking: trackingConfig,
  experiment: experimentConfig,
});

export type Config = z.infer<typeof configSchema>;

/** Environment variables that hold secrets, and what each opens; values are never stored, printed or hashed. */
export const SECRETS = {
  POLYGON_API_KEY: 'bars, option chains and news from Massive (formerly Polygon)',
  FINNHUB_API_KEY: 'news and fundamentals from Finnhub',
  FRED_API_KEY: 'macro series from FRED',
  OPENAI_API_KEY: 'language model of the agents',
  MLFLOW_TRACKING_PASSWORD: 'an MLflow server that asks for a login; the name goes into MLFLOW_TRACKING_USERNAME',
  MLFLOW_TRACKING_TOKEN: 'an MLflow server that asks for a token',
} as const;
