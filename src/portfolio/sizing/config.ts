import { z } from 'zod';

/** How names to be entered are turned into weights. */
export const sizingConfig = z
  .strictObject({
    method: z.enum(['volatility-target', 'equal-weight', 'inverse-volatility', 'minimum-variance', 'hierarchical-risk-parity', 'mean-variance']).default('volatility-target').describe('each name to the same volatility; one part of the book each; parts by 1 ÷ volatility; the least variance; groups that move together; most expected return for its variance'),
    sessions: z.int().min(20).max(756).default(126).describe('returns that the covariance is estimated from, shrunk by Ledoit and Wolf; the first two methods need none (sessions)'),
    riskAversion: z.number().gt(0).max(1000).default(5).describe('mean-variance: how much of expected return half the variance costs; it is raised where the book would be more volatile than its target'),
    expectationYears: z.number().min(0).max(1000).default(1).describe('mean-variance: history that an expected return is worth, the less the more all are drawn to their common mean; 0: they say nothing apart (years)'),
  })
  .prefault({});
