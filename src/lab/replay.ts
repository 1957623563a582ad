import { runBook, type BookRun } from '../backtest/run-book.js';
import type { LoadedConfig } from '../config/load.js';
import { XNYS } from '../core/calendar.js';
import { fromEpochDay, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { membershipTable } from '../data/market.js';
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
import { forecastOf, VOLATILITY } from '../recommendation/predict.js';
import { sessionSamples } from '../recommendation/session-samples.js';
import type { SessionInputs, SessionResult } from '../strategy/run-session.js';
import type { Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import { readFeatureInputs } from './feature-inputs.js';
import { chooseModel, loadModel, type ChosenModel } from './models/evening-model.js';
import { RISK_FEATURES } from './session-features.js';
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
 * is kept. The book is that of `swing daily` evening by evening: on sessions with a print that only a later bar gave away, the bars are those
 * of that evening.
 *
 * @throws ConfigError `NO_MODEL` when a session of the span has no trained model that was usable then: methods that are measured on each
 * evening's own past need `swing daily --since`
 */
export async function replay(store: Store, config: LoadedConfig, { from, to, book, onSession }: ReplayRequest): Promise<BookRun> {
  const { portfolio } = config.config;
  return runBook(sessionsOf(store, config, { from, to }), book ?? openBook(portfolio.initialCash), sessionRules(config.config), onSession);
}

async function* sessionsOf(store: Store, config: LoadedConfig, { from, to }: Pick<ReplayRequest, 'from' | 'to'>): AsyncGenerator<SessionInputs> {
  const { data, features: { benchmark } } = config.config;
  const rules = sessionRules(config.config);
  const markets = await MarketSeries.read(store, { from, to, history: data.history, universe: data.universe, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const { bars, universe, actions } = markets.whole();
  const sectors = await readSectors(store);
  const member = membershipTable(bars, universe);
  const among = data.symbols === undefined ? null : new Set(data.symbols);
  const isWanted = (symbol: string): boolean => among?.has(symbol) ?? true;
  const spans = await modelSpans(config, { from, to });
  for (const span of spans) {
    const model = await loadTrained(span.chosen, config);
    try {
      const wanted = resolveFeatures([...decisionFeatures(rules.strategy).map(({ name }) => name), ...RISK_FEATURES, ...model.card.features], FEATURES);
      const inputs = await readFeatureInputs(store, { bars, universe, features: wanted, benchmark, policies: data.quality });
      const last = bars.sessions.length - bars.indexOf(span.from);
      const values = computeFeatures(inputs, wanted, { last, known: FEATURES });
      for (let index = bars.indexOf(span.from); index <= bars.indexOf(span.to); index++) {
        const session = fromEpochDay(bars.sessions[index]);
        const seen = markets.hasHindsight(session) ? await asSeen(markets, session) : { bars, member, index, actions };
        const counted = countedAt(seen.bars, seen.member, seen.index);
        const today = values.part(seen.bars.symbols, session, session);
        const forecasts = await forecastsOf(model, today, counted, { title: span.chosen.stored!.name, coverage: config.config.forecast.interval });
        yield { index: seen.index, bars: seen.bars, actions: seen.actions, features: today, sectors, eligible: counted.filter(isWanted), forecasts };
      }
    } finally {
      model.dispose();
    }
  }
}

/** The bars of an evening as they were that evening. */
async function asSeen(markets: MarketSeries, session: IsoDate): Promise<Pick<SessionInputs, 'bars' | 'index' | 'actions'> & { readonly member: Uint8Array }> {
  const { bars, universe, actions } = await markets.at(session, []);
  return { bars, member: membershipTable(bars, universe), index: bars.sessions.length - 1, actions };
}

interface ModelSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly chosen: ChosenModel;
}

/** Sessions in a row that stand on the same model. */
async function modelSpans(config: LoadedConfig, { from, to }: Pick<ReplayRequest, 'from' | 'to'>): Promise<ModelSpan[]> {
  const spans: ModelSpan[] = [];
  for (const session of XNYS.sessions(from, to)) {
    const chosen = await chooseModel({ asOf: session, settings: config.config.forecast, folder: config.paths.models });
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

/** Members with a bar that is not suspect. */
function countedAt(bars: Panel, member: Uint8Array, index: number): string[] {
  const width = bars.sessions.length;
  const [close, suspect] = [bars.column('close'), bars.column('suspect')];
  return bars.symbols.filter((_, row) => member[row * width + index] === 1 && suspect[row * width + index] !== 1 && close[row * width + index] > 0);
}

async function forecastsOf(model: TrainedModel, today: Panel, symbols: readonly string[], { title, coverage }: { readonly title: string; readonly coverage: number }): Promise<Map<string, Forecast>> {
  const { card } = model;
  const samples: Samples = sessionSamples(today, { symbols, features: card.features, volatility: (symbol) => today.series(VOLATILITY, symbol)[0], horizon: card.horizon });
  const prediction = await model.predict(samples);
  return new Map(symbols.flatMap((symbol, i) => (Number.isNaN(prediction.score[i]) ? [] : [[symbol, { ...forecastOf(prediction, i, { title, card, scale: samples.scale[i], coverage }), drivers: [], rest: null }] as const])));
}

