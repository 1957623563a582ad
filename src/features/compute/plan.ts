import { ConfigError } from '../../core/errors.js';
import type { CrossSectionFeature, Feature, MarketFeature, SeriesFeature } from '../feature.js';

/** Features in the order in which they can be computed. */
export interface FeaturePlan {
  /** In the order asked for. */
  readonly wanted: readonly Feature[];
  /** Wanted features of single instruments that nothing compares. */
  readonly rest: readonly SeriesFeature[];
  readonly market: readonly MarketFeature[];
  readonly crossSection: readonly CrossSectionFeature[];
  /** Series features that are compared across members, wanted themselves or not. */
  readonly compared: readonly SeriesFeature[];
  /** Sessions before the first one wanted that must be at hand. */
  readonly lookback: number;
}

/**
 * Sorts features by what they need.
 * @param known where the features that others compare are looked up
 * @throws ConfigError when a cross-section feature compares something that is not there
 */
export function planFeatures(wanted: readonly Feature[], known: readonly Feature[]): FeaturePlan {
  requireFeatures(wanted);
  const crossSection = wanted.filter((feature) => feature.kind === 'cross-section');
  const market = wanted.filter((feature) => feature.kind === 'market');
  const names = [...new Set(crossSection.map(({ of }) => of))];
  const compared = names.map((name) => {
    const found = [...wanted, ...known].find((feature) => feature.name === name);
    if (found?.kind !== 'series') throw new ConfigError(`expected a feature of single instruments to compare, found "${name}" in a cross-section feature`, { code: 'UNKNOWN_FEATURE', fields: { name } });
    return found;
  });
  const lookback = Math.max(0, ...[...wanted, ...compared].map((feature) => feature.lookback));
  const rest = wanted.filter((feature) => feature.kind === 'series').filter((feature) => !compared.includes(feature));
  return { wanted, rest, market, crossSection, compared, lookback };
}

function requireFeatures(wanted: readonly Feature[]): void {
  const names = new Set<string>();
  for (const feature of wanted) {
    if (typeof feature !== 'object') throw new ConfigError(`expected features, found ${JSON.stringify(feature)}; names become features by resolveFeatures`, { code: 'NOT_A_FEATURE' });
    if (names.has(feature.name)) throw new ConfigError(`expected features of different names, found "${feature.name}" twice`, { code: 'SAME_NAME', fields: { name: feature.name } });
    names.add(feature.name);
  }
}
