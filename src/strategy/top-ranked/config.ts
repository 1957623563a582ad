import { z } from 'zod';

/** Settings that every strategy that holds its best-ranked names has; fractions, sessions and quote currency. */
export const topRankedShape = {
  top: z.int().min(1).max(200).default(20).describe('names to hold at most'),
  keepWithin: z.number().min(1).max(10).default(2).describe('after minHorizon a held name stays while its rank is within top × this'),
  minDollarVolume: z.number().min(0).default(10_000_000).describe('median traded value over 21 sessions a name must reach (quote currency a session)'),
  targetVolatility: z.number().gt(0).max(2).default(0.15).describe('annualized volatility each full-size position is scaled to before dividing by top (fraction)'),
  maxWeight: z.number().gt(0).max(1).default(0.08).describe('largest weight of one name (fraction of equity)'),
  maxGross: z.number().gt(0).max(1).default(0.95).describe('largest sum of weights (fraction of equity); the rest stays in cash'),
  horizon: z.int().min(3).max(10).default(10).describe('sessions a trade lasts at most; it may be chosen anew the evening after it was closed'),
  minHorizon: z.int().min(0).max(10).default(3).describe('sessions before which only the stop or the target closes a trade'),
  stopRanges: z.number().gt(0).max(20).default(3).describe('distance of the stop from the entry in average true ranges of 14 sessions'),
  targetRanges: z.number().gt(0).max(40).default(5).describe('distance of the target from the entry in average true ranges of 14 sessions'),
};

export type TopRankedConfig = z.infer<z.ZodObject<typeof topRankedShape>>;
