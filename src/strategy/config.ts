import { z } from 'zod';

import { forecastStrategyConfig } from './forecast/config.js';
import { momentumConfig } from './momentum/config.js';

/** Which strategy decides, and the settings of each. */
export const strategyConfig = z
  .strictObject({
    name: z.enum(['forecast', 'momentum']).default('forecast').describe('forecast = the names that the model ranks best; momentum = 12-1 momentum; both sized to a volatility target'),
    forecast: forecastStrategyConfig,
    momentum: momentumConfig,
  })
  .prefault({});

export type StrategyConfig = z.infer<typeof strategyConfig>;
