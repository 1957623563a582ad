import { z } from 'zod';

import { sizingConfig } from '../../portfolio/sizing/config.js';
import { orderRulesShape } from '../orders/config.js';

/** Settings that every strategy that holds its best-ranked names has; fractions, sessions and quote currency. */
export const topRankedShape = {
  top: z.int().min(1).max(200).default(20).describe('names to hold at most'),
  keepWithin: z.number().min(1).max(10).default(2).describe('after minHorizon a held name stays while its rank is within top × this'),
  ineligible: z.enum(['after-min-horizon', 'at-once', 'keep']).default('after-min-horizon').describe('what becomes of a held name that may be bought no more, as it left the universe or cannot be ranked: after-min-horizon = it is sold at the next open once minHorizon sessions are over; at-once = at the next open; keep = it stays until its own stop, target or horizon'),
  minDollarVolume: z.number().min(0).default(10_000_000).describe('median traded value over 21 sessions a name must reach (quote currency a session)'),
  targetVolatility: z.number().gt(0).max(2).default(0.15).describe('annualized volatility that sizes aim at (fraction)'),
  maxWeight: z.number().gt(0).max(1).default(0.08).describe('largest weight that is wanted of one name (fraction of equity)'),
  maxGross: z.number().gt(0).max(1).default(0.95).describe('largest sum of weights that is wanted (fraction of equity); the rest stays in cash'),
  sizing: sizingConfig,
  ...orderRulesShape,
};

export type TopRankedConfig = z.infer<z.ZodObject<typeof topRankedShape>>;
