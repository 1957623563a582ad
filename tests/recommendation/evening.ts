import { XNYS } from '../../src/core/calendar.js';
import { addDays, fromEpochDay } from '../../src/core/dates.js';
import type { Market } from '../../src/data/market.js';
import type { Company } from '../../src/data/reference.js';
import type { QualityFinding } from '../../src/data/quality/finding.js';
import { SymbolHistory } from '../../src/data/symbol-history.js';
import { Universe, type MembershipInterval } from '../../src/data/universe.js';
import { chooseModel, loadModel } from '../../src/lab/models/evening-model.js';
import { forecastConfig, type ForecastConfig } from '../../src/models/config.js';
import { openBook, type Book } from '../../src/portfolio/book.js';
import { costsConfig, type Brackets } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import type { RiskConfig } from '../../src/portfolio/rules/config.js';
import { decideEvening, type EveningDecision } from '../../src/recommendation/decide.js';
import { writeDocument } from '../../src/recommendation/document.js';
import type { SessionFeatures } from '../../src/recommendation/session-features.js';
import { predict, type Predictions } from '../../src/recommendation/predict.js';
import type { Changes, RecommendationDocument, TrackRecord } from '../../src/recommendation/recommendation.js';
import { momentumConfig, type MomentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import type { SessionRules } from '../../src/strategy/run-session.js';
import type { Strategy } from '../../src/strategy/strategy.js';
import type { Panel } from '../../src/table/panel.js';
import { graphConfig } from '../../src/graph/config.js';
import { sessionGraph } from '../../src/lab/session-graph.js';
import { only } from '../portfolio/rules/book.js';
import { DECISION_FEATURES, makeMarket, type MadeMarket } from '../strategy/market.js';

export const NO_OPTIONS = { names: {}, absent: 'There are no option chains in the store.', source: null };

export const COSTS = costsConfig.parse({});

export const FORECAST = forecastConfig.parse({ model: 'momentum', window: 60, minSessions: 20 });

export interface EveningOptions {
  readonly made?: MadeMarket;
  /** Who is a member when; all names, always, when absent. */
  readonly intervals?: readonly MembershipInterval[];
  /** Only these are of interest. */
  readonly symbols?: readonly string[];
  readonly findings?: readonly QualityFinding[];
  readonly before?: Book;
  readonly settings?: Partial<MomentumConfig>;
  readonly strategy?: Strategy;
  readonly booked?: boolean;
  readonly priceBasis?: Market['priceBasis'];
  readonly actions?: Market['actions'];
  /** All rules are off unless told otherwise. */
  readonly risk?: RiskConfig;
  /** Stops and targets are judged at the close unless told otherwise. */
  readonly brackets?: Brackets;
  /** Besides that of S00. */
  readonly sectors?: readonly (readonly [symbol: string, sector: string])[];
  readonly changes?: Changes;
  readonly trackRecord?: TrackRecord;
}

export interface Evening {
  readonly market: Market;
  readonly features: Panel;
  readonly predictions: Predictions;
  readonly decided: EveningDecision;
  readonly document: RecommendationDocument;
}

/** 32 names over 348 sessions with holes, suspect bars (one of them in the last session) and a few breaks. */
export const MADE = makeMarket({ symbols: 32, sessions: 348, seed: 5, faults: true });

const always = ({ bars }: MadeMarket): MembershipInterval[] => bars.symbols.map((symbol) => ({ symbol, start: addDays(fromEpochDay(bars.sessions[0]), -1), end: null }));

/** The market of the last session of a made-up market, as the store would give it. */
export function marketOf({ made = MADE, intervals = always(made), symbols, findings = [], priceBasis = 'raw', actions = new Map() }: EveningOptions = {}): Market {
  const asOf = made.bars.last!;
  const universe = new Universe('sp500', intervals);
  const sources = [{ dataset: 'bars', source: 'made up', licence: 'none', rows: 1, contentHash: 'c'.repeat(64), lastDate: asOf, notes: ['Nothing of this is real.'] }];
  const members = universe.membersAt(asOf).filter((symbol) => symbols?.includes(symbol) ?? true);
  return { asOf, bars: made.bars, universe, members, symbolHistory: new SymbolHistory([{ listed: 'OLD', symbol: 'S01', start: universe.intervals[0].start, end: null }]), findings, priceBasis, actions, sources, dataHash: 'd'.repeat(64) };
}

/** What is known of the members on the last session of a made-up market. */
function sessionOf(market: Market, features: Panel): SessionFeatures {
  const last = market.bars.sessions.length - 1;
  const members = market.universe.membersAt(market.asOf).filter((symbol) => market.bars.hasSymbol(symbol) && market.bars.series('close', symbol)[last] > 0);
  return { features: DECISION_FEATURES, values: features, members, absent: [] };
}

/** Forecasts of a market by the method of the evening that the settings name. */
export async function predictionsOf(market: Market, features: Panel, settings: ForecastConfig = FORECAST): Promise<Predictions> {
  const chosen = await chooseModel({ asOf: market.asOf, settings, folder: '/nowhere' });
  const { model, notices } = await loadModel(chosen, market, { settings, seed: 7, horizon: 5, environment: {} });
  return predict(market, { model, notices, session: sessionOf(market, features), history: features, drivers: settings.drivers, coverage: settings.interval });
}

/** One evening from market to document, by the functions of the daily run. */
export async function evening(options: EveningOptions = {}): Promise<Evening> {
  const market = marketOf(options);
  const { features } = options.made ?? MADE;
  const strategy = options.strategy ?? momentum(momentumConfig.parse({ top: 5, minMomentum: -1, ...options.settings }));
  const predictions = await predictionsOf(market, features);
  const companies = new Map<string, Company>([['S00', { symbol: 'S00', name: 'Nought', sector: 'Energy', subIndustry: null }], ...(options.sectors ?? []).map(([symbol, sector]) => [symbol, { symbol, name: symbol, sector, subIndustry: null }] as const)]);
  const sectors = new Map([...companies.values()].flatMap(({ symbol, sector }): [string, string][] => (sector === null ? [] : [[symbol, sector]])));
  const session = { ...sessionOf(market, features), shown: ['realized-volatility-63', 'momentum-12-1'] };
  const brackets = options.brackets ?? 'close';
  const rules: SessionRules = { strategy, risk: options.risk ?? only({}), step: { costs: createCostModel(COSTS), brackets } };
  const decided = decideEvening({ market, features, today: features.slice(market.bars.sessions.length - 1, market.bars.sessions.length), predictions, sectors }, options.before ?? openBook(1_000_000), rules);
  const provenance = { version: '0.0.0', seed: 7, configHash: 'e'.repeat(64), dataHash: market.dataHash };
  const document = writeDocument({ market, predictions, evening: decided, strategy, companies, features: session, graph: sessionGraph(market, graphConfig.parse({}), decided.decision.targets.map(({ symbol }) => symbol)), provenance, options: NO_OPTIONS, booked: options.booked ?? true, changes: options.changes ?? null, trackRecord: options.trackRecord ?? null, brackets });
  return { market, features, predictions, decided, document };
}

/** A book that stands after the session `ago` sessions before the last, with this in it. */
export function bookAfter(ago: number, content: Partial<Book>): Book {
  return { ...openBook(1_000_000), session: XNYS.shift(MADE.bars.last!, -ago), ...content };
}
