import { z } from 'zod';

import { topRankedShape } from '../top-ranked/config.js';

/** Settings of the strategy that follows the model's ranking. */
export const forecastStrategyConfig = z
  .strictObject({
    ...topRankedShape,
    horizon: topRankedShape.horizon.default(5).describe('sessions a trade lasts at most, best what the model foretells; it may be chosen anew the evening after it was closed'),
    minEdge: z.number().min(-1).max(1).default(-1).describe('what the rank of a name must add to the expected return of the middle rank for it to be entered, where that is known (fraction); −1 = whatever it adds'),
  })
  .prefault({});

export type ForecastStrategyConfig = z.infer<typeof forecastStrategyConfig>;
