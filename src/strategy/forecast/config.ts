import { z } from 'zod';

import { topRankedShape } from '../top-ranked/config.js';

/** Settings of the strategy that follows the model's ranking. */
export const forecastStrategyConfig = z
  .strictObject({
    ...topRankedShape,
    horizon: topRankedShape.horizon.default(5).describe('sessions a trade lasts at most, best what the model foretells; it may be chosen anew the evening after it was closed'),
    minExpectedReturn: z.number().min(-1).max(1).default(0).describe('expected return over the horizon a name must exceed to be entered, where one is known (fraction)'),
  })
  .prefault({});

export type ForecastStrategyConfig = z.infer<typeof forecastStrategyConfig>;
