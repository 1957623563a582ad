import { z } from 'zod';

import { isStopBelowLimit, STOP_BELOW_LIMIT } from '../orders/config.js';
import { topRankedShape } from '../top-ranked/config.js';

/** Settings of the momentum strategy. */
export const momentumConfig = z
  .strictObject({
    ...topRankedShape,
    minMomentum: z.number().min(-1).max(10).default(0).describe('12-1 momentum a name must exceed to be entered (fraction)'),
  })
  .refine(isStopBelowLimit, STOP_BELOW_LIMIT)
  .prefault({});

export type MomentumConfig = z.infer<typeof momentumConfig>;
