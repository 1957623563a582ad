import type { FoundationConfig, FoundationSettingsConfig } from './config.js';
import { foundationConfigSchema } from './config.js';
import { EDGE_FEATURES } from './session-edges.js';

/** All that a network needs to be made again beside its weights. */
export interface FoundationShape {
  readonly settings: FoundationSettingsConfig;
  /** Features read, in their order. */
  readonly features: readonly string[];
  /** Horizons foretold, ascending, that of the labels among them. */
  readonly horizons: readonly number[];
  /** Horizon of the labels, whose medians are the scores. */
  readonly horizon: number;
  /** What sectors were known by; others are one more. */
  readonly sectorNames: readonly string[];
  /** Whether it learnt from windows and graphs, or from the samples alone. */
  readonly readsBackground: boolean;
}

/** Sizes of its network. */
export function networkOf({ settings, features, horizons, sectorNames, readsBackground }: FoundationShape): FoundationConfig {
  const { past, width, heads, graphLayers, market, quantiles, dropout } = settings;
  return foundationConfigSchema.parse({ features: features.length + 1, sectors: sectorNames.length + 1, past, width, heads, graphLayers: readsBackground ? graphLayers : 0, edgeFeatures: EDGE_FEATURES, market, horizons, quantiles, dropout });
}

/** Position of the horizon of the labels. */
export const mainOf = ({ horizons, horizon }: Pick<FoundationShape, 'horizons' | 'horizon'>): number => horizons.indexOf(horizon);
