import type { IsoDate } from '../core/dates.js';
import type { NameOptions } from '../recommendation/evening-options.js';
import type { Action, HeldPosition, Recommendation, RecommendationDocument } from '../recommendation/recommendation.js';
import { recentBars, type PriceSeries, type RecentBars } from './price-series.js';

/** What is to be bought or sold at the next open, in whole shares. */
export interface Trade {
  readonly side: 'buy' | 'sell';
  readonly shares: number;
}

/** A recommendation with the numbers a reader would otherwise work out; all are known at the close of `asOf`. */
export interface PositionView {
  readonly recommendation: Recommendation;
  /** `null` when it is not held. */
  readonly held: HeldPosition | null;
  /** `null` when there is nothing to trade. */
  readonly trade: Trade | null;
  /** The sessions of its chart, up to `asOf`; `null` when none of them has a close. */
  readonly bars: RecentBars | null;
  /** Close of `asOf`, which for an entry is its reference price; that of the book where there is no bar, `null` without either. */
  readonly close: number | null;
  /** Return since the price paid, fraction: that of the book where it is held; `null` for an entry or without a close. */
  readonly sincePaid: number | null;
  /** What the distances count from: the close, else the entry. */
  readonly reference: number;
  /** stop / reference − 1. */
  readonly stopDistance: number;
  /** target / reference − 1. */
  readonly targetDistance: number;
  /** Way to the target over way to the stop; `null` unless stop < reference < target. */
  readonly rewardToRisk: number | null;
  /** What its option chain tells; `null` without one. */
  readonly options: NameOptions | null;
  /** Fraction of equity lost if the stop fills at its level; 0 for an exit and for a stop above the reference. */
  readonly atRisk: number;
}

/** Views in the order they are read: what to sell, what to sell in part, what to buy, what to keep; within each as in the document. */
export const ACTION_ORDER: readonly Action[] = ['exit', 'reduce', 'enter', 'hold'];

export interface ViewOptions {
  readonly charts: ReadonlyMap<string, PriceSeries>;
  /** Sessions in each chart. */
  readonly chartSessions: number;
}

/** The recommendations with derived numbers, grouped by `ACTION_ORDER`. */
export function positionViews({ asOf, recommendations, portfolio, options }: RecommendationDocument, { charts, chartSessions }: ViewOptions): readonly PositionView[] {
  const held = new Map(portfolio.held.map((position) => [position.symbol, position]));
  return ACTION_ORDER.flatMap((action) => recommendations.filter((one) => one.action === action)).map((one) => {
    const series = charts.get(one.symbol);
    const bars = series ? recentBars(series, asOf, chartSessions) : null;
    return positionView(one, { bars: bars?.close.some((price) => price !== null) ? bars : null, held: held.get(one.symbol) ?? null, options: options.names[one.symbol] ?? null, asOf });
  });
}

interface Known {
  readonly bars: RecentBars | null;
  readonly held: HeldPosition | null;
  readonly options: NameOptions | null;
  readonly asOf: IsoDate;
}

function positionView(recommendation: Recommendation, { bars, held, options, asOf }: Known): PositionView {
  const { action, entry, stop, target, weight } = recommendation;
  const close = action === 'enter' ? entry : (closeOn(bars, asOf) ?? held?.close ?? null);
  const reference = close ?? entry;
  const stopDistance = stop / reference - 1;
  const targetDistance = target / reference - 1;
  return {
    recommendation, held, options, trade: tradeOf(recommendation), bars, close, reference, stopDistance, targetDistance,
    sincePaid: action === 'enter' || close === null ? null : (held?.return ?? close / entry - 1),
    rewardToRisk: stopDistance < 0 && targetDistance > 0 ? targetDistance / -stopDistance : null,
    atRisk: action === 'exit' ? 0 : weight * Math.max(0, -stopDistance),
  };
}

/** Entries are bought, exits and reductions sold. */
export function tradeOf({ action, trade }: Pick<Recommendation, 'action' | 'trade'>): Trade | null {
  return trade === 0 ? null : { side: action === 'enter' ? 'buy' : 'sell', shares: Math.abs(trade) };
}

/** Number of recommendations with an action. */
export function countOf(views: readonly PositionView[], action: Action): number {
  return views.filter((view) => view.recommendation.action === action).length;
}

/** The close of `asOf`; `null` when there is no bar on that session. */
function closeOn(bars: RecentBars | null, asOf: IsoDate): number | null {
  return bars !== null && bars.sessions.at(-1) === asOf ? bars.close.at(-1)! : null;
}
