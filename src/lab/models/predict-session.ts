import type { LoadedConfig } from '../../config/load.js';
import type { IsoDate } from '../../core/dates.js';
import { loadMarket, type Market } from '../../data/market.js';
import type { Store } from '../../data/store/store.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { FitContext } from '../../models/forecaster.js';
import { predict, VOLATILITY, type Predictions } from '../../recommendation/predict.js';
import { inputSettings } from '../feature-inputs.js';
import { networkPast, sessionFeatures } from '../session-features.js';
import { chooseModel, disposeLoaded, loadModel, pastNeed, withModelFeatures } from './evening-model.js';

export interface SessionPredictions {
  readonly market: Market;
  readonly predictions: Predictions;
}

/** What a model says of every member on a session, by the functions of the daily run; nothing is kept. */
export async function predictSession(store: Store, { config, paths }: LoadedConfig, { asOf, model: wanted, environment }: { readonly asOf: IsoDate; readonly model?: string; readonly environment: FitContext['environment'] }): Promise<SessionPredictions> {
  const { data, seed, strategy } = config;
  const settings = wanted === undefined ? config.forecast : { ...config.forecast, model: wanted };
  const market = await loadMarket(store, { asOf, history: data.history, universe: data.universe, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const chosen = await chooseModel({ asOf, settings, folder: paths.models });
  const session = await sessionFeatures(store, market, { features: withModelFeatures([], chosen), ...inputSettings(config) });
  const history = computeFeatures({ bars: market.bars }, resolveFeatures([VOLATILITY], FEATURES));
  const past = await networkPast(store, market, pastNeed(chosen), inputSettings(config));
  const loaded = await loadModel(chosen, market, { settings, seed, horizon: strategy[strategy.name].horizon, environment });
  const predictions = await predict(market, { ...loaded, past, session, history, drivers: settings.drivers, coverage: settings.interval }).finally(() => disposeLoaded(loaded));
  return { market, predictions };
}
