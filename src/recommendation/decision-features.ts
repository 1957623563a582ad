import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import { resolveFeatures } from '../features/sets.js';
import type { Strategy } from '../strategy/strategy.js';
import { VOLATILITY } from './predict.js';

/** The features that an evening's forecasts and decisions are made from; their history is needed, that of others is not. */
export function decisionFeatures(strategy: Strategy): Feature[] {
  return resolveFeatures([VOLATILITY, ...strategy.features], FEATURES);
}
