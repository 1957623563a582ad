import { z } from 'zod';

import { isStopBelowLimit, STOP_BELOW_LIMIT } from '../orders/config.js';
import { topRankedShape } from '../top-ranked/config.js';

const part = (fallback: number, what: string): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(10).default(fallback).describe(what);

const signal = z
  .strictObject({
    feature: z.string().min(1).describe('name of a feature'),
    above: z.number().optional().describe('speaks for a name when its value is above this'),
    below: z.number().optional().describe('speaks for a name when its value is below this'),
  })
  .refine(({ above, below }) => (above === undefined) !== (below === undefined), 'expected either above or below');

/** Settings of the strategy that holds the names of the highest priority. */
export const priorityConfig = z
  .strictObject({
    ...topRankedShape,
    horizon: topRankedShape.horizon.default(5).describe('sessions a trade lasts at most, best what the model foretells; it may be chosen anew the evening after it was closed'),
    minEdge: z.number().min(-1).max(1).default(-1).describe('what the rank of a name must add to the expected return of the middle rank for it to be entered, where that is known (fraction); −1 = whatever it adds'),
    parts: z
      .strictObject({
        score: part(1, 'weight of the rank by the score of the model (ratio)'),
        uncertainty: part(0.1, 'weight taken off for a wide interval, in own deviations of the return (ratio)'),
        liquidity: part(0.05, 'weight of the rank by traded value (ratio)'),
        volatility: part(0.1, 'weight taken off for the rank by volatility (ratio)'),
        signals: part(0.1, 'weight of the share of the signals that speak for the name (ratio)'),
      })
      .prefault({}),
    signals: z
      .array(signal)
      .max(20)
      .default([
        { feature: 'distance-to-mean-200', above: 0 },
        { feature: 'distance-to-high-252', above: -0.25 },
      ])
      .describe('signals that are counted beside the score; one whose feature is unknown for a name does not count for it'),
  })
  .refine(isStopBelowLimit, STOP_BELOW_LIMIT)
  .prefault({});

export type PriorityConfig = z.infer<typeof priorityConfig>;
export type PrioritySignal = PriorityConfig['signals'][number];
