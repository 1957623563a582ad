import { XNYS } from '../core/calendar.js';
import type { IsoDate } from '../core/dates.js';
import type { Rng } from '../core/rng.js';
import type { SymbolHistory } from '../data/symbol-history.js';
import { OverlappingOutcomes } from '../evaluation/overlapping-outcomes.js';
import { mean } from '../math/stats.js';
import type { Panel } from '../table/panel.js';
import { hitRate } from './hit-rate.js';
import { maturedForecasts, type RecommendedEntry } from './matured-forecasts.js';
import type { TrackRecord } from './recommendation.js';
import { roundTrips, type BookedFill, type BookReplacement, type Income, type RoundTrip } from '../portfolio/round-trips.js';

/** Trades that are named. */
const NAMED_TRADES = 10;
/** Closes of the paper book that are kept. */
const EQUITY_SESSIONS = 252;

/** What happened up to an evening; anything later may be in it and is not read. */
export interface TrackRecordInput {
  readonly asOf: IsoDate;
  /** Evenings whose recommendations were kept, ascending. */
  readonly evenings: readonly IsoDate[];
  /** In the order in which they happened, those of `asOf` among them. */
  readonly fills: readonly BookedFill[];
  readonly income?: readonly Income[];
  readonly replacements?: readonly BookReplacement[];
  readonly entries: readonly RecommendedEntry[];
  /** Equity of the paper book at closes, ascending, that of `asOf` last. */
  readonly equity: TrackRecord['equity'];
  /** Total-return opens, as known at the close of `asOf`. */
  readonly bars: Panel;
  readonly symbolHistory: SymbolHistory;
  /** Share of outcomes that an interval is meant to hold. */
  readonly coverage: number | null;
  readonly rng: Rng;
}

/** How the recommendations of evenings before `asOf` did, by what was known at its close; `null` when there are none. */
export function trackRecord(input: TrackRecordInput): TrackRecord | null {
  const { asOf, bars, coverage } = input;
  const evenings = input.evenings.filter((evening) => evening < asOf);
  if (evenings.length === 0) return null;
  const entries = input.entries.filter(({ session }) => session < asOf);
  return {
    from: evenings[0],
    to: evenings[evenings.length - 1],
    evenings: evenings.length,
    trades: tradesOf(closedTrades(input, entries), input),
    forecasts: maturedForecasts(entries, { asOf, bars, coverage, rng: input.rng.fork('forecasts') }),
    equity: input.equity.filter(({ session }) => session <= asOf).slice(-EQUITY_SESSIONS),
  };
}

function closedTrades({ asOf, fills, income = [], replacements = [] }: TrackRecordInput, entries: readonly RecommendedEntry[]): RoundTrip[] {
  const foretold = new Map(entries.map(({ symbol, session, expectedReturn }) => [`${symbol} ${session}`, expectedReturn]));
  const known = ({ session }: { readonly session: IsoDate }): boolean => session <= asOf;
  return roundTrips({ fills: fills.filter(known), income: income.filter(known), replacements: replacements.filter(known), expected: (symbol, evening) => foretold.get(`${symbol} ${evening}`) ?? null });
}

function tradesOf(trades: readonly RoundTrip[], { rng, symbolHistory }: TrackRecordInput): TrackRecord['trades'] {
  const returns = trades.map((trade) => trade.return);
  const first = trades.map(({ entrySession }) => entrySession).sort()[0];
  const span = trades.reduce((longest, { sessions }) => Math.max(longest, sessions), 1);
  const outcomes = new OverlappingOutcomes(trades.map(({ entrySession }) => XNYS.count(first, entrySession)), { span, rng: rng.fork('trades') });
  const last = trades.slice(-NAMED_TRADES).reverse();
  return {
    closed: trades.length,
    entrySessions: new Set(trades.map(({ entrySession }) => entrySession)).size,
    hits: hitRate(returns.map((value) => value > 0), outcomes),
    meanReturn: trades.length === 0 ? null : mean(returns),
    meanInterval: outcomes.interval(returns),
    meanSessions: trades.length === 0 ? null : mean(trades.map(({ sessions }) => sessions)),
    profit: trades.reduce((total, { proceeds, cost }) => total + proceeds - cost, 0),
    last: last.map(({ symbol, entrySession, exitSession, return: result, expected, why }) => ({ symbol, listedSymbol: symbolHistory.listedAt(symbol, exitSession), entrySession, exitSession, return: result, expected, why })),
  };
}
