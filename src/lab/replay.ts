import { runBook, type BookRun } from '../backtest/run-book.js';
import type { LoadedConfig } from '../config/load.js';
import { XNYS } from '../core/calendar.js';
import { fromEpochDay, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { membershipTable, resolveSymbols } from '../data/market.js';
import { MarketSeries } from '../data/market-series.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import type { Samples } from '../dataset/samples.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import { FEATURES } from '../features/registry.js';
import { resolveFeatures } from '../features/sets.js';
import type { TrainedModel } from '../models/trained-model.js';
import { openBook, type Book } from '../portfolio/book.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { countedSymbols, forecastOf, VOLATILITY } from '../recommendation/predict.js';
import { sessionSamples } from '../recommendation/session-samples.js';
import { createStrategy } from '../strategy/registry.js';
import type { SessionInputs, SessionResult } from '../strategy/run-session.js';
import type { Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import { readFeatureInputs } from './feature-inputs.js';
import { chooseModel, loadModel, type ChosenModel } from './models/evening-model.js';
import { storedModels } from './models/model-folder.js';
import { RISK_FEATURES, sessionFeatures } from './session-features.js';
import { sessionRules } from './session-rules.js';

export interface ReplayRequest {
  /** First and last session that is decided on. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** What to start with; the configured cash when absent. */
  readonly book?: Book;
  /** Told of each session when it is over. */
  readonly onSession?: (result: SessionResult) => void;
}

/**
 * The paper book of the configured strategy over a span, in one pass over bars that are read, cleaned and turned into features once; nothing
 * is kept. The book is that of `swing daily` evening by evening: on sessions with a print that only a later bar gave away, and where prices are
 * adjusted for what came later, the bars are those of that evening.
 *
 * @throws ConfigError `NO_MODEL` when a session of the span has no trained model that was usable then: methods that are measured on each
 * evening's own past need `swing daily --since`
 */
export async function replay(store: Store, config: LoadedConfig, { from, to, book: given, onSession }: ReplayRequest): Promise<BookRun> {
  const { data, portfolio } = config.config;
  const book = given ?? openBook(portfolio.initialCash);
  const held = [...book.positions, ...book.orders].map(({ symbol }) => symbol);
  const markets = await MarketSeries.read(store, { from, to, history: data.history, universe: data.universe, held, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const rules = sessionRules(config.config, { asOf: to, ...markets.names });
  return runBook(sessionsOf({ store, config, markets, held }, { from, to }), book, rules, onSession);
}

interface ReplayParts {
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly markets: MarketSeries;
  /** Held before the first session. */
  readonly held: readonly string[];
}

async function* sessionsOf({ store, config, markets, held }: ReplayParts, { from, to }: Pick<ReplayRequest, 'from' | 'to'>): AsyncGenerator<SessionInputs> {
  const { data, forecast, features: { benchmark }, strategy } = config.config;
  const whole = markets.whole();
  const sectors = await readSectors(store);
  const member = membershipTable(whole.bars, whole.universe);
  for (const span of await modelSpans(config, { from, to })) {
    const model = await loadTrained(span.chosen, config);
    try {
      const wanted = resolveFeatures([...decisionFeatures(createStrategy(strategy)).map(({ name }) => name), ...RISK_FEATURES, ...model.card.features], FEATURES);
      const request = { features: wanted, benchmark, policies: data.quality };
      const inputs = await readFeatureInputs(store, { bars: whole.bars, universe: whole.universe, ...request });
      const values = markets.isUnadjusted ? computeFeatures(inputs, wanted, { last: whole.bars.sessions.length - whole.bars.indexOf(span.from), known: FEATURES }) : null;
      for (let t = whole.bars.indexOf(span.from); t <= whole.bars.indexOf(span.to); t++) {
        const session = fromEpochDay(whole.bars.sessions[t]);
        const market = values === null || markets.hasHindsight(session) ? await markets.at(session, held) : null;
        const { bars, actions, index } = market === null ? { ...whole, index: t } : { ...market, index: market.bars.sessions.length - 1 };
        const counted = countedSymbols(bars, market === null ? member : membershipTable(bars, whole.universe), index);
        const today = values === null ? (await sessionFeatures(store, market!, request)).values : values.part(bars.symbols, session, session);
        const forecasts = await forecastsOf(model, today, counted, { title: span.chosen.stored!.name, coverage: forecast.interval });
        const wantedSymbols = data.symbols && new Set(resolveSymbols(data.symbols, whole.universe, markets.names.symbolHistory, session));
        yield { index, bars, actions, features: today, sectors, eligible: counted.filter((symbol) => wantedSymbols?.has(symbol) ?? true), forecasts };
      }
    } finally {
      model.dispose();
    }
  }
}

interface ModelSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly chosen: ChosenModel;
}

/** Sessions in a row that stand on the same model. */
async function modelSpans(config: LoadedConfig, { from, to }: Pick<ReplayRequest, 'from' | 'to'>): Promise<ModelSpan[]> {
  const spans: ModelSpan[] = [];
  const models = await storedModels(config.paths.models);
  for (const session of XNYS.sessions(from, to)) {
    const chosen = await chooseModel({ asOf: session, settings: config.config.forecast, folder: config.paths.models, models });
    const open = spans.at(-1);
    if (open?.chosen.identity === chosen.identity) spans[spans.length - 1] = { ...open, to: session };
    else spans.push({ from: session, to: session, chosen });
  }
  const without = spans.find(({ chosen }) => chosen.stored === null);
  if (without) throw new ConfigError(`expected a trained model that was usable on ${without.from}, found none for forecast.model "${config.config.forecast.model}"; train one up to then with: swing train … --end-date ${without.from}`, { code: 'NO_MODEL', fields: { session: without.from } });
  return spans;
}

async function loadTrained(chosen: ChosenModel, config: LoadedConfig): Promise<TrainedModel> {
  const { forecast, seed, strategy } = config.config;
  const { model, notices } = await loadModel(chosen, null, { settings: forecast, seed, horizon: strategy[strategy.name].horizon, environment: process.env });
  if (model === null) throw new ConfigError(`expected a model that can be loaded, but: ${notices.join(' ')}`, { code: 'NO_MODEL' });
  return model.trained;
}

async function forecastsOf(model: TrainedModel, today: Panel, symbols: readonly string[], { title, coverage }: { readonly title: string; readonly coverage: number }): Promise<Map<string, Forecast>> {
  const { card } = model;
  const samples: Samples = sessionSamples(today, { symbols, features: card.features, volatility: (symbol) => today.series(VOLATILITY, symbol)[0], horizon: card.horizon });
  const prediction = await model.predict(samples);
  return new Map(symbols.flatMap((symbol, i) => (Number.isNaN(prediction.score[i]) ? [] : [[symbol, { ...forecastOf(prediction, i, { title, card, scale: samples.scale[i], coverage }), drivers: [], rest: null }] as const])));
}

