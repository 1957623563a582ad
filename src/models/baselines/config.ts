import { z } from 'zod';

/** Settings of the cross-sectional regression forecast. */
export const rankRegressionConfig = z
  .strictObject({
    window: z.int().min(60).max(5040).default(504).describe('past sessions whose outcomes are used (sessions)'),
    minSessions: z.int().min(20).max(2520).default(63).describe('past sessions with outcomes below which no forecast is given (sessions)'),
    interval: z.number().gt(0).lt(1).default(0.8).describe('share of outcomes the interval is meant to hold (fraction)'),
  })
  .prefault({});

export type RankRegressionConfig = z.infer<typeof rankRegressionConfig>;
