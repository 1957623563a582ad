import type { LoadedConfig } from '../config/load.js';
import type { IsoDate } from '../core/dates.js';
import { VERSION } from '../core/version.js';
import { loadMarket } from '../data/market.js';
import { readCompanies } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import { openBook } from '../portfolio/book.js';
import { decideEvening } from '../recommendation/decide.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { writeDocument } from '../recommendation/document.js';
import { predict } from '../recommendation/predict.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { createStrategy } from '../strategy/registry.js';
import { chooseModel, loadModel, withModelFeatures } from './models/evening-model.js';
import { readBookBefore } from './paper-book.js';
import { sessionGraph } from './session-graph.js';
import { sessionFeatures, wantedFeatures } from './session-features.js';

/** The evening's document in one go, by the same functions as the daily run's steps; nothing is kept. */
export async function recommendEvening(store: Store, config: LoadedConfig, asOf: IsoDate): Promise<RecommendationDocument> {
  const { data, forecast, portfolio, seed, strategy: settings } = config.config;
  const before = (await readBookBefore(store, asOf)) ?? openBook(portfolio.initialCash);
  const held = [...before.positions, ...before.orders].map(({ symbol }) => symbol);
  const market = await loadMarket(store, { asOf, history: data.history, universe: data.universe, held, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const strategy = createStrategy(settings);
  const features = computeFeatures({ bars: market.bars }, decisionFeatures(strategy));
  const wanted = wantedFeatures(config.config.features);
  const chosenModel = await chooseModel({ asOf, settings: forecast, folder: config.paths.models });
  const session = await sessionFeatures(store, market, { features: withModelFeatures(wanted.all, chosenModel), benchmark: config.config.features.benchmark, policies: data.quality });
  const { model, notices } = await loadModel(chosenModel, market, { settings: forecast, seed, horizon: settings[settings.name].horizon, environment: process.env });
  const predictions = await predict(market, { model, notices, session, history: features, drivers: forecast.drivers, coverage: forecast.interval }).finally(() => model?.trained.dispose());
  const evening = decideEvening(market, features, predictions, { before, strategy, costs: portfolio.costs });
  const chosen = evening.decision.targets.flatMap(({ action, symbol }) => (action === 'exit' ? [] : [symbol]));
  const provenance = { version: VERSION, seed, configHash: config.hash, dataHash: market.dataHash };
  return writeDocument({ market, predictions, evening, strategy, companies: await readCompanies(store), features: { ...session, shown: wanted.shown }, graph: sessionGraph(market, config.config.graph, chosen), provenance, booked: false });
}
