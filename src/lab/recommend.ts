import type { LoadedConfig } from '../config/load.js';
import type { IsoDate } from '../core/dates.js';
import { VERSION } from '../core/version.js';
import { loadMarket, type Market } from '../data/market.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import type { Feature } from '../features/feature.js';
import { openBook } from '../portfolio/book.js';
import { decideEvening } from '../recommendation/decide.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { predict, predictionsFrom, type Predictions } from '../recommendation/predict.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { createStrategy } from '../strategy/registry.js';
import { ConfigError } from '../core/errors.js';
import { withSettings } from '../config/overlay.js';
import type { Panel } from '../table/panel.js';
import { settingsOf, type StrategyPlan } from './backtest/plan.js';
import { eveningDocument } from './evening-document.js';
import { forecastsOn, spanOfScores } from './forecasts/score-table.js';
import { chooseModel, disposeLoaded, loadModel, pastNeed, withModelFeatures } from './models/evening-model.js';
import { readBookBefore, readMarksBefore } from './paper-book.js';
import { inputSettings } from './feature-inputs.js';
import { networkPast, sessionFeatures, wantedFeatures, withOptions } from './session-features.js';
import { sessionRules } from './session-rules.js';

/**
 * The evening's document in one go, by the same functions as the daily run's steps; nothing is kept.
 * @param plan in place of the configured strategy and the model of the evening
 * @throws ConfigError `NO_SCORES` when the plan's scores say nothing of the session
 */
export async function recommendEvening(store: Store, loaded: LoadedConfig, asOf: IsoDate, plan: StrategyPlan | null = null): Promise<RecommendationDocument> {
  const config = plan === null ? loaded : withSettings(loaded, settingsOf(plan), 'the strategy given to lab.recommend');
  const { data, portfolio, seed, strategy: settings } = config.config;
  const before = (await readBookBefore(store, asOf)) ?? openBook(portfolio.initialCash);
  const held = [...before.positions, ...before.orders].map(({ symbol }) => symbol);
  const market = await loadMarket(store, { asOf, history: data.history, universe: data.universe, held, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const strategy = plan !== null && 'own' in plan ? plan.own : createStrategy(settings);
  const rules = sessionRules(config.config, market, strategy);
  const history = computeFeatures({ bars: market.bars }, decisionFeatures(strategy));
  const { shown, all } = wantedFeatures(config.config.features, strategy);
  const wanted = await withOptions(all, store, config.config.options);
  const { predictions, session } = await (plan === null || plan.scores === null ? byModel : byScores)({ store, config, market, history, wanted, plan });
  const evening = decideEvening({ market, features: history, today: session.values, predictions, sectors: await readSectors(store), marks: await readMarksBefore(store, asOf) }, before, rules);
  const provenance = { version: VERSION, seed, configHash: config.hash, dataHash: market.dataHash };
  return eveningDocument({ store, config: config.config, market, strategy, predictions, evening, features: { ...session, shown }, booked: false, provenance });
}

interface PredictionParts {
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly market: Market;
  readonly history: Panel;
  readonly wanted: readonly Feature[];
  readonly plan: StrategyPlan | null;
}

interface Predicted {
  readonly predictions: Predictions;
  readonly session: Awaited<ReturnType<typeof sessionFeatures>>;
}

async function byModel({ store, config, market, history, wanted }: PredictionParts): Promise<Predicted> {
  const { forecast, seed, strategy } = config.config;
  const chosen = await chooseModel({ asOf: market.asOf, settings: forecast, folder: config.paths.models });
  const session = await sessionFeatures(store, market, { features: withModelFeatures(wanted, chosen), ...inputSettings(config.config) });
  const past = await networkPast(store, market, pastNeed(chosen), inputSettings(config.config));
  const loaded = await loadModel(chosen, market, { settings: forecast, seed, horizon: strategy[strategy.name].horizon, environment: process.env });
  const predictions = await predict(market, { ...loaded, past, session, history, drivers: forecast.drivers, coverage: forecast.interval }).finally(() => disposeLoaded(loaded));
  return { predictions, session };
}

async function byScores({ store, config, market, wanted, plan }: PredictionParts): Promise<Predicted> {
  const scores = plan!.scores!;
  const session = await sessionFeatures(store, market, { features: wanted, ...inputSettings(config.config) });
  const notice = `Forecasts are the scores of ${scores.forecaster} that were given, each by a model that had learnt from earlier sessions only.`;
  const predictions = predictionsFrom(market, (symbols) => forecastsOn(scores, market.asOf, symbols), { notice, coverage: scores.coverage });
  if (predictions.forecasts.size > 0) return { predictions, session };
  const span = spanOfScores(scores);
  throw new ConfigError(`expected scores of ${market.asOf} to recommend on, found ${span === null ? 'none at all' : `scores from ${span.from} to ${span.to}`} in the strategy given to lab.recommend`, { code: 'NO_SCORES', fields: { asOf: market.asOf, ...span } });
}
