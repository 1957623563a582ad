import { z } from 'zod';

import { momentumConfig } from './momentum/config.js';

/** Which strategy decides, and the settings of each. */
export const strategyConfig = z
  .strictObject({
    name: z.enum(['momentum']).default('momentum').describe('momentum = 12-1 momentum, sized to a volatility target'),
    momentum: momentumConfig,
  })
  .prefault({});

export type StrategyConfig = z.infer<typeof strategyConfig>;
