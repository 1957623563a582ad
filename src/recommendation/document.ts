import { XNYS } from '../core/calendar.js';
import type { Market } from '../data/market.js';
import { summarizeFindings } from '../data/quality/summary.js';
import type { Company } from '../data/reference.js';
import { fromCents } from '../portfolio/cents.js';
import type { Brackets } from '../portfolio/config.js';
import type { Decision, Strategy, Target } from '../strategy/strategy.js';
import type { EveningDecision } from './decide.js';
import type { EveningOptions } from './evening-options.js';
import { explain } from './explain.js';
import { heldPositions } from './held-positions.js';
import { featureValuesOf, summarizeFeatures } from './feature-summary.js';
import { graphNumbers, neighboursOf, type SessionGraph } from './graph-summary.js';
import { MemberRanks } from './member-ranks.js';
import type { Predictions } from './predict.js';
import type { Changes, Recommendation, RecommendationDocument, TrackRecord } from './recommendation.js';
import type { SessionFeatures } from './session-features.js';
import { riskReadings, sectorWeights, sizeSteps } from './risk-summary.js';

export interface DocumentParts {
  readonly market: Market;
  readonly predictions: Predictions;
  readonly evening: EveningDecision;
  readonly strategy: Strategy;
  readonly companies: ReadonlyMap<string, Company>;
  /** Everything that was computed for the session, and which of it each card shows. */
  readonly features: SessionFeatures & { readonly shown: readonly string[] };
  readonly graph: SessionGraph | null;
  readonly options: EveningOptions;
  readonly provenance: RecommendationDocument['provenance'];
  /** What changed since the evening before, and how earlier recommendations did; `null` for the first evening. */
  readonly changes: Changes | null;
  readonly trackRecord: TrackRecord | null;
  /** The book is kept on these results; `false` for a dry run or a session before the book's last. */
  readonly booked: boolean;
  readonly brackets: Brackets;
}

/** The evening's document: what to do, why, on which data, and what was left out. */
export function writeDocument(parts: DocumentParts): RecommendationDocument {
  const { market, predictions, evening, strategy, provenance } = parts;
  const { book, fills, unfilled, equity } = evening;
  const priced = new Set(predictions.priced);
  const ranks = new MemberRanks(parts.features);
  return {
    schemaVersion: 2,
    asOf: market.asOf,
    actOn: XNYS.next(market.asOf),
    strategy: strategy.name,
    symbols: renamedSymbols(parts),
    recommendations: evening.decision.targets.map((target) => toRecommendation(target, parts, ranks)),
    intervalCoverage: predictions.coverage,
    portfolio: {
      equity,
      cash: fromCents(book.cash),
      grossExposure: equity > 0 ? 1 - fromCents(book.cash) / equity : 0,
      positions: book.positions.length,
      fills: fills.map(({ symbol, side, shares, price, costs, session, reason }) => ({ symbol, side, shares, price: cents(price), costs: cents(costs), session, reason })),
      unfilled,
      events: evening.events.map((event) => eventWords(event)),
      held: heldPositions(parts),
      sectors: sectorWeights(evening.decision, parts.companies),
      exposure: { gross: round(evening.decision.exposure.gross, 6), beta: roundOrNull(evening.decision.exposure.beta), volatility: roundOrNull(evening.decision.exposure.volatility), drawdown: round(evening.decision.drawdown, 6) },
    },
    risk: { readings: riskReadings(evening.decision), conflicts: evening.decision.risk.conflicts.map(({ rule, reason }) => ({ rule, reason })) },
    changes: parts.changes,
    trackRecord: parts.trackRecord,
    universe: { name: market.universe.name, members: market.members.length, priced: priced.size, eligible: predictions.eligible.length, missing: market.members.filter((symbol) => !priced.has(symbol)) },
    model: predictions.model,
    network: predictions.network ?? null,
    notices: predictions.notices,
    features: summarizeFeatures(parts.features),
    graph: graphNumbers(parts.graph),
    options: parts.options,
    quality: summarizeFindings(market.findings, { since: market.bars.first! }),
    leftOut: leftOut(predictions, evening.decision),
    caveats: caveats(parts),
    data: market.sources.map(({ dataset, source, licence, rows, contentHash, lastDate, notes }) => ({ dataset, source, licence, rows, contentHash, lastDate, notes })),
    provenance,
  };
}

const cents = (value: number): number => Math.round(value * 100) / 100;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const roundOrNull = (value: number | null): number | null => (value === null ? null : round(value, 6));

/** What happened to the book beside fills, a sentence each. */
function eventWords(event: EveningDecision['events'][number]): { symbol: string; text: string } {
  const { symbol } = event;
  if (event.kind === 'split') return { symbol, text: `Split, ${event.ratio} new for one: ${event.sharesBefore} shares became ${event.sharesAfter}.` };
  if (event.kind === 'dividend') return { symbol, text: `Dividend of ${event.perShare} a share on ${event.shares} shares: ${(event.cents / 100).toFixed(2)} in cash.` };
  return { symbol, text: `No longer trades, ${event.reason}, ${event.price.toFixed(2)}.` };
}

function toRecommendation(target: Target, { market, predictions, evening, companies, features, graph, brackets }: DocumentParts, ranks: MemberRanks): Recommendation {
  const company = companies.get(target.symbol);
  const forecast = predictions.forecasts.get(target.symbol);
  const position = evening.book.positions.find(({ symbol }) => symbol === target.symbol);
  const order = evening.book.orders.find(({ symbol }) => symbol === target.symbol);
  const shares = { enter: order?.shares ?? 0, hold: position?.shares ?? 0, reduce: (position?.shares ?? 0) - (order?.shares ?? 0), exit: 0 }[target.action];
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
    trailing: target.trailing === null ? null : cents(target.trailing),
    shares,
    trade: order?.shares ?? 0,
    horizon: target.horizon,
    expectedReturn: typeof forecast?.expectedReturn === 'number' ? round(forecast.expectedReturn, 6) : null,
    edge: typeof forecast?.expectedReturn === 'number' && forecast.edge !== null ? round(forecast.edge, 6) : null,
    forecastHorizon: typeof forecast?.expectedReturn === 'number' ? forecast.horizon : null,
    interval: forecast?.interval ? [round(forecast.interval[0], 6), round(forecast.interval[1], 6)] : null,
    reasons: explain(target.evidence, market.asOf),
    order: target.order?.kind === 'limit' ? { kind: 'limit', limit: cents(target.order.limit) } : target.order,
    priority: target.standing === null ? null : { score: round(target.standing.score, 6), rank: target.standing.rank, of: target.standing.of },
    wouldDisprove: explain(target.wouldDisprove.map((one) => (one.code === 'breaks-stop' ? { ...one, values: { ...one.values, judged: brackets === 'resting' ? 'touch' : 'close' } } : one)), market.asOf),
    sizes: { wanted: round(evening.decision.wanted.get(target.symbol) ?? target.weight, 6), steps: sizeSteps(evening.decision.risk, target.symbol) },
    features: featureValuesOf(target.symbol, features.shown, features, ranks),
    neighbours: neighboursOf(target.symbol, graph),
  };
}

/** A held member may be ineligible to buy and yet recommended to hold or leave: then its reasons stand there. */
function leftOut({ ineligible }: Predictions, decision: Decision): RecommendationDocument['leftOut'] {
  const recommended = new Set(decision.targets.map(({ symbol }) => symbol));
  return groupReasons([...ineligible, ...decision.leftOut].filter(({ symbol }) => !recommended.has(symbol)));
}

function groupReasons(items: Decision['leftOut']): RecommendationDocument['leftOut'] {
  const groups = new Map<string, { readonly rule: string | null; readonly symbols: string[] }>();
  for (const { symbol, reason, rule = null } of items) {
    const group = groups.get(reason) ?? { rule, symbols: [] };
    groups.set(reason, group);
    group.symbols.push(symbol);
  }
  return [...groups].map(([reason, { rule, symbols }]) => ({ reason, symbols: symbols.sort(), rule })).sort((a, b) => b.symbols.length - a.symbols.length || (a.reason < b.reason ? -1 : 1));
}

/** Instruments of the market that are listed under another symbol on the session than their own. */
function renamedSymbols({ market: { bars, members, symbolHistory, asOf } }: DocumentParts): Record<string, string> {
  const all = [...new Set([...bars.symbols, ...members])].sort();
  return Object.fromEntries(all.map((symbol): [string, string] => [symbol, symbolHistory.listedAt(symbol, asOf)]).filter(([symbol, listed]) => symbol !== listed));
}

function caveats(parts: DocumentParts): string[] {
  const { market, predictions, evening, booked } = parts;
  const { members, priceBasis, sources } = market;
  const coverage = `${predictions.priced.length} of ${members.length} members of ${market.universe.name} have a bar on ${market.asOf}.`;
  const notes = sources.filter(({ dataset }) => dataset === 'bars').flatMap(({ notes: own }) => own);
  return [
    ...predictions.notices,
    coverage,
    ...notes,
    ...(priceBasis === 'split-adjusted' ? ['Prices are adjusted for splits known when the data was made, not as traded: levels of past sessions may differ from what was quoted.'] : []),
    'Sectors are last known, not point in time.',
    ...(priceBasis === 'raw' ? [] : ['The paper book is not credited with dividends, as these prices do not say what was paid.']),
    parts.brackets === 'resting' ? 'Stops and targets rest in the market: they fill within a session, at its open where a gap passes them; where one bar holds both, the stop counts.' : 'Stops and targets are judged at closes and acted on at the next open; a gap can pass them.',
    'A limit or target fills when the range touches it, in full and at its price; in the market a touch may fill less.',
    ...unknownEarnings(parts),
    forecastCaveat(predictions),
    ...(evening.missedSessions > 0 ? [`No decision was made on ${evening.missedSessions} ${evening.missedSessions === 1 ? 'session' : 'sessions'} since the one before; exits due then are only seen now.`] : []),
    ...(booked ? [] : ['The paper book was not changed by this run.']),
    'Research output, not investment advice.',
  ];
}

function unknownEarnings({ evening: { decision } }: DocumentParts): string[] {
  const held = decision.targets.filter(({ weight }) => weight > 0).length;
  const unknown = decision.unknown['earnings-blackout'] ?? 0;
  return unknown === 0 || held === 0 ? [] : [`The next earnings date is not known for ${unknown} of ${held} names of the book: nothing kept them from being held into a report.`];
}

function forecastCaveat({ model, forecasts }: Predictions): string {
  if (model === null && forecasts.size > 0) return 'Expected returns are those that came with the scores.';
  if (model === null || model.payoff === null) return 'History does not suffice for expected returns.';
  const { sessions, t } = model.payoff;
  const weak = t === null || Math.abs(t) < 2 ? ', not distinguishable from chance' : '';
  return `Expected returns rest on ${sessions} past sessions whose outcome was known; the pay-off of ranks by ${model.title} over them has ${t === null ? 'no spread' : `t = ${t.toFixed(1)}`} (Newey–West)${weak}.`;
}
