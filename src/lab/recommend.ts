import type { LoadedConfig } from '../config/load.js';
import type { IsoDate } from '../core/dates.js';
import { VERSION } from '../core/version.js';
import { loadMarket } from '../data/market.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import { openBook } from '../portfolio/book.js';
import { decideEvening } from '../recommendation/decide.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { predict } from '../recommendation/predict.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { eveningDocument } from './evening-document.js';
import { chooseModel, loadModel, withModelFeatures } from './models/evening-model.js';
import { readBookBefore, readMarksBefore } from './paper-book.js';
import { sessionFeatures, wantedFeatures } from './session-features.js';
import { sessionRules } from './session-rules.js';

/** The evening's document in one go, by the same functions as the daily run's steps; nothing is kept. */
export async function recommendEvening(store: Store, config: LoadedConfig, asOf: IsoDate): Promise<RecommendationDocument> {
  const { data, forecast, portfolio, seed, strategy: settings } = config.config;
  const before = (await readBookBefore(store, asOf)) ?? openBook(portfolio.initialCash);
  const held = [...before.positions, ...before.orders].map(({ symbol }) => symbol);
  const market = await loadMarket(store, { asOf, history: data.history, universe: data.universe, held, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const rules = sessionRules(config.config, market);
  const features = computeFeatures({ bars: market.bars }, decisionFeatures(rules.strategy));
  const wanted = wantedFeatures(config.config.features, rules.strategy);
  const chosenModel = await chooseModel({ asOf, settings: forecast, folder: config.paths.models });
  const session = await sessionFeatures(store, market, { features: withModelFeatures(wanted.all, chosenModel), benchmark: config.config.features.benchmark, policies: data.quality });
  const { model, notices } = await loadModel(chosenModel, market, { settings: forecast, seed, horizon: settings[settings.name].horizon, environment: process.env });
  const predictions = await predict(market, { model, notices, session, history: features, drivers: forecast.drivers, coverage: forecast.interval }).finally(() => model?.trained.dispose());
  const evening = decideEvening({ market, features, today: session.values, predictions, sectors: await readSectors(store), marks: await readMarksBefore(store, asOf) }, before, rules);
  const provenance = { version: VERSION, seed, configHash: config.hash, dataHash: market.dataHash };
  return eveningDocument({ store, config: config.config, market, strategy: rules.strategy, predictions, evening, features: { ...session, shown: wanted.shown }, booked: false, provenance });
}
