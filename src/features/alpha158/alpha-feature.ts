import type { FeatureInput, FeatureUnit, SeriesFeature } from '../feature.js';

/** What the entries of the set do not have in common. */
export interface AlphaEntry {
  /** As in Qlib, lower case, the window after a dash. */
  readonly name: string;
  readonly describe: string;
  readonly formula: string;
  readonly unit: FeatureUnit;
  readonly lookback: number;
  readonly inputs?: readonly FeatureInput[];
  readonly compute: SeriesFeature['compute'];
}

/** An entry of Alpha158; reads bars unless it says otherwise. */
export function alphaFeature({ name, ...entry }: AlphaEntry): SeriesFeature {
  return { kind: 'series', family: 'alpha158', name: `alpha158-${name}`, source: 'Qlib Alpha158 (Yang et al., 2020)', inputs: ['bars'], ...entry };
}
