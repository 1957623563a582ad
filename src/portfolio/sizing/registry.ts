import { equalWeight } from './equal-weight.js';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.js';
import { inverseVolatility } from './inverse-volatility.js';
import { meanVariance, type MeanVarianceSettings } from './mean-variance.js';
import { minimumVariance } from './minimum-variance.js';
import type { Sizing } from './sizing.js';
import { volatilityTarget } from './volatility-target.js';

/** What sizings can be told; most need nothing. */
export type SizingSettings = MeanVarianceSettings;

/** Ways to turn names into weights, by name. To add one, write a file like `equal-weight.ts`, list it here and in `config.ts`. */
export const SIZINGS = {
  'volatility-target': () => volatilityTarget,
  'equal-weight': () => equalWeight,
  'inverse-volatility': () => inverseVolatility,
  'minimum-variance': () => minimumVariance,
  'hierarchical-risk-parity': () => hierarchicalRiskParity,
  'mean-variance': meanVariance,
} as const satisfies Readonly<Record<string, (settings: SizingSettings) => Sizing>>;

export type SizingMethod = keyof typeof SIZINGS;
