import { momentum } from './momentum/momentum.js';
import { priorityStrategy } from './priority/priority.js';
import type { StrategyConfig } from './config.js';
import type { Strategy } from './strategy.js';

/** Every strategy by the name it has in the configuration. */
export const STRATEGIES: Readonly<Record<StrategyConfig['name'], (config: StrategyConfig) => Strategy>> = {
  priority: (config) => priorityStrategy(config.priority),
  momentum: (config) => momentum(config.momentum),
};

/** The configured strategy. */
export function createStrategy(config: StrategyConfig): Strategy {
  return STRATEGIES[config.name](config);
}
