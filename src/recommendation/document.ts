import { XNYS } from '../core/calendar.js';
import type { Market } from '../data/market.js';
import { summarizeFindings } from '../data/quality/summary.js';
import type { Company } from '../data/reference.js';
import { fromCents } from '../portfolio/cents.js';
import type { Decision, Strategy, Target } from '../strategy/strategy.js';
import type { EveningDecision } from './decide.js';
import { explain } from './explain.js';
import { featureValuesOf, summarizeFeatures, type SessionFeatures } from './feature-summary.js';
import { graphNumbers, neighboursOf, type SessionGraph } from './graph-summary.js';
import type { Predictions } from './predict.js';
import type { Recommendation, RecommendationDocument } from './recommendation.js';

export interface DocumentParts {
  readonly market: Market;
  readonly predictions: Predictions;
  readonly evening: EveningDecision;
  readonly strategy: Strategy;
  readonly companies: ReadonlyMap<string, Company>;
  /** Everything that was computed for the session, and which of it each card shows. */
  readonly features: SessionFeatures & { readonly shown: readonly string[] };
  readonly graph: SessionGraph | null;
  readonly provenance: RecommendationDocument['provenance'];
  /** The book is kept on these results; `false` for a dry run or a session before the book's last. */
  readonly booked: boolean;
}

/** The evening's document: what to do, why, on which data, and what was left out. */
export function writeDocument(parts: DocumentParts): RecommendationDocument {
  const { market, predictions, evening, strategy, provenance } = parts;
  const { book, fills, unfilled, equity } = evening;
  const priced = new Set(predictions.priced);
  return {
    schemaVersion: 1,
    asOf: market.asOf,
    actOn: XNYS.next(market.asOf),
    strategy: strategy.name,
    recommendations: evening.decision.targets.map((target) => toRecommendation(target, parts)),
    intervalCoverage: predictions.coverage,
    portfolio: {
      equity,
      cash: fromCents(book.cash),
      grossExposure: equity > 0 ? 1 - fromCents(book.cash) / equity : 0,
      positions: book.positions.length,
      fills: fills.map(({ symbol, side, shares, price, costs }) => ({ symbol, side, shares, price: cents(price), costs: cents(costs) })),
      unfilled,
    },
    universe: { name: market.universe.name, members: market.members.length, priced: priced.size, eligible: predictions.eligible.length, missing: market.members.filter((symbol) => !priced.has(symbol)) },
    model: predictions.model,
    notices: predictions.notices,
    features: summarizeFeatures(parts.features),
    graph: graphNumbers(parts.graph),
    quality: summarizeFindings(market.findings, { since: market.bars.first! }),
    leftOut: leftOut(predictions, evening.decision),
    caveats: caveats(parts),
    data: market.sources.map(({ dataset, source, licence, rows, contentHash, lastDate, notes }) => ({ dataset, source, licence, rows, contentHash, lastDate, notes })),
    provenance,
  };
}

const cents = (value: number): number => Math.round(value * 100) / 100;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function toRecommendation(target: Target, { market, predictions, evening, companies, features, graph }: DocumentParts): Recommendation {
  const company = companies.get(target.symbol);
  const forecast = predictions.forecasts.get(target.symbol);
  const position = evening.book.positions.find(({ symbol }) => symbol === target.symbol);
  const order = evening.book.orders.find(({ symbol }) => symbol === target.symbol);
  return {
    symbol: target.symbol,
    listedSymbol: market.symbolHistory.listedAt(target.symbol, market.asOf),
    name: company?.name ?? null,
    sector: company?.sector ?? null,
    action: target.action,
    side: 'long',
    entry: cents(target.entry),
    stop: cents(target.stop),
    target: cents(target.target),
    weight: round(target.weight, 6),
    shares: target.action === 'exit' ? 0 : target.action === 'hold' ? (position?.shares ?? 0) : (order?.shares ?? 0),
    horizon: target.horizon,
    expectedReturn: typeof forecast?.expectedReturn === 'number' ? round(forecast.expectedReturn, 6) : null,
    interval: forecast?.interval ? [round(forecast.interval[0], 6), round(forecast.interval[1], 6)] : null,
    reasons: explain(target.evidence),
    features: featureValuesOf(target.symbol, features.shown, features),
    neighbours: neighboursOf(target.symbol, graph),
  };
}

/** A held member may be ineligible to buy and yet recommended to hold or leave: then its reasons stand there. */
function leftOut({ ineligible }: Predictions, decision: Decision): RecommendationDocument['leftOut'] {
  const recommended = new Set(decision.targets.map(({ symbol }) => symbol));
  return groupReasons([...ineligible, ...decision.leftOut].filter(({ symbol }) => !recommended.has(symbol)));
}

function groupReasons(items: readonly { readonly symbol: string; readonly reason: string }[]): RecommendationDocument['leftOut'] {
  const groups = new Map<string, string[]>();
  for (const { symbol, reason } of items) groups.set(reason, [...(groups.get(reason) ?? []), symbol]);
  return [...groups].map(([reason, symbols]) => ({ reason, symbols: symbols.sort() })).sort((a, b) => b.symbols.length - a.symbols.length || (a.reason < b.reason ? -1 : 1));
}

function caveats({ market, predictions, evening, booked }: DocumentParts): string[] {
  const { members, priceBasis, sources } = market;
  const coverage = `${predictions.priced.length} of ${members.length} members of ${market.universe.name} have a bar on ${market.asOf}.`;
  const notes = sources.filter(({ dataset }) => dataset === 'bars').flatMap(({ notes: own }) => own);
  return [
    ...predictions.notices,
    coverage,
    ...notes,
    ...(priceBasis === 'split-adjusted' ? ['Prices are adjusted for splits known when the data was made, not as traded: levels of past sessions may differ from what was quoted.'] : []),
    'Sectors are last known, not point in time.',
    `The paper book is not credited with dividends${priceBasis === 'raw' ? ' and does not follow splits: levels and shares of a name that splits while it is held are wrong' : ''}.`,
    'Stops and targets are judged at closes and acted on at the next open; a gap can pass them.',
    forecastCaveat(predictions),
    ...(evening.missedSessions > 0 ? [`No decision was made on ${evening.missedSessions} ${evening.missedSessions === 1 ? 'session' : 'sessions'} since the one before; exits due then are only seen now.`] : []),
    ...(booked ? [] : ['The paper book was not changed by this run.']),
    'Research output, not investment advice.',
  ];
}

function forecastCaveat({ model }: Predictions): string {
  if (model === null || model.payoff === null) return 'History does not suffice for expected returns.';
  const { sessions, t } = model.payoff;
  const weak = t === null || Math.abs(t) < 2 ? ', not distinguishable from chance' : '';
  return `Expected returns rest on ${sessions} past sessions whose outcome was known; the pay-off of ranks by ${model.title} over them has ${t === null ? 'no spread' : `t = ${t.toFixed(1)}`} (Newey–West)${weak}.`;
}
