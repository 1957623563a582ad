import type { Market } from '../data/market.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { absentInputs } from '../features/absent-inputs.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import type { FeaturesConfig } from '../features/config.js';
import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import { resolveFeatures } from '../features/sets.js';
import type { OptionsConfig } from '../options/config.js';
import type { NetworkPast } from '../recommendation/network-samples.js';
import type { SessionFeatures } from '../recommendation/session-features.js';
import type { Strategy } from '../strategy/strategy.js';
import type { PastNeed } from './models/evening-model.js';
import { readFeatureInputs, type FeatureInputsRequest, type InputSettings } from './feature-inputs.js';

/** What an evening computes about each member, and which of it a card shows. */
export interface WantedFeatures {
  readonly all: readonly Feature[];
  /** Names, in the order of the configuration. */
  readonly shown: readonly string[];
}

/** Read by the earnings rule and told of each name, whatever else is computed. */
export const RISK_FEATURES = ['sessions-to-earnings'] as const;

/**
 * What is configured, and what the strategy and the risk rules read.
 * @throws ConfigError naming the nearest names for one that is unknown
 */
export function wantedFeatures({ use, show, sets }: FeaturesConfig, strategy: Pick<Strategy, 'features'>): WantedFeatures {
  const shown = show.flatMap((name) => resolveFeatures([name], FEATURES, sets).map((feature) => feature.name));
  return { all: resolveFeatures([...use, ...show, ...strategy.features, ...RISK_FEATURES], FEATURES, sets), shown: [...new Set(shown)] };
}

/**
 * The features with those of the options family, where the store has option chains and they are not switched off: an evening without chains
 * does not tell of forty things that are missing.
 */
export async function withOptions(features: readonly Feature[], store: Store, { enabled }: OptionsConfig): Promise<Feature[]> {
  if (!enabled || ((await store.entry('option_chains'))?.rows ?? 0) === 0) return [...features];
  return FEATURES.filter((feature) => feature.family === 'options' || features.includes(feature));
}

/** What networks read of the sessions up to the market's last, over all its symbols; `null` where no network is used. */
export async function networkPast(store: Store, market: Market, need: PastNeed | null, settings: InputSettings): Promise<NetworkPast | null> {
  if (need === null) return null;
  const { features, past } = need;
  const inputs = await readFeatureInputs(store, { bars: market.bars, universe: market.universe, features, ...settings });
  return { values: computeFeatures(inputs, features, { last: Math.min(past, market.bars.sessions.length), known: FEATURES }), sectors: await readSectors(store) };
}

/** Features of all members on the market's last session, also where the market is cut to a few symbols; only the windows that end there are computed. */
export async function sessionFeatures(store: Store, market: Market, { features, ...settings }: InputSettings & Pick<FeatureInputsRequest, 'features'>): Promise<SessionFeatures> {
  const { bars, asOf, universe } = market;
  const inputs = await readFeatureInputs(store, { bars, universe, features, ...settings });
  const values = computeFeatures(inputs, features, { last: 1, known: FEATURES });
  const last = bars.sessions.length - 1;
  const priced = universe.membersAt(asOf).filter((symbol) => bars.hasSymbol(symbol) && bars.series('close', symbol)[last] > 0);
  return { features, values, members: priced, absent: absentInputs(features, inputs, FEATURES) };
}
