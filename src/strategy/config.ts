import { z } from 'zod';

import { momentumConfig } from './momentum/config.js';
import { priorityConfig } from './priority/config.js';

/** Which strategy decides, and the settings of each. */
export const strategyConfig = z
  .strictObject({
    name: z.enum(['priority', 'momentum']).default('priority').describe('priority = the names of the highest priority, the score of the model first; momentum = 12-1 momentum'),
    priority: priorityConfig,
    momentum: momentumConfig,
  })
  .prefault({});

export type StrategyConfig = z.infer<typeof strategyConfig>;
