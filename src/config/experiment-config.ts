import { z } from 'zod';

const day = z.iso.date('expected a date as yyyy-mm-dd');

/** What `swing experiment run` does beside the settings that stand elsewhere: features, labels and split in `training`, what is traded in `strategy` and `portfolio`. */
export const experimentConfig = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a name')
      .default('lab')
      .describe('runs that are compared with each other, and counted as tries of one idea'),
    describe: z.string().default('').describe('what is asked, in a sentence'),
    model: z.string().min(1).default('lightgbm').describe('forecaster that is walked forward: lightgbm, ridge, momentum, reversal, low-volatility; a strategy that asks no model goes without'),
    params: z.record(z.string(), z.json()).default({}).describe('parameters of the forecaster by name'),
    start: day.optional().describe('first session that is read (yyyy-mm-dd)'),
    end: day.optional().describe('last session that is read (yyyy-mm-dd)'),
    seeds: z.array(z.int().min(0).max(4_294_967_295)).max(100).default([]).describe('seeds, each a try; empty = the one of the configuration'),
    benchmark: z.string().min(1).optional().describe('what returns are held against: members, or an instrument of the store; features.benchmark when absent'),
    grid: z.record(z.string(), z.array(z.json()).min(1)).default({}).describe('settings by their path and the values that are tried of each; all combinations are run'),
  })
  .prefault({});

export type ExperimentConfig = z.infer<typeof experimentConfig>;
