import type { IsoDate } from '../core/dates.js';
import type { Action, Recommendation, RecommendationDocument } from '../recommendation/recommendation.js';
import { recentBars, type PriceSeries, type RecentBars } from './price-series.js';

/** A recommendation with the numbers a reader would otherwise work out; all are known at the close of `asOf`. */
export interface PositionView {
  readonly recommendation: Recommendation;
  /** The sessions of its chart, up to `asOf`; `null` when none of them has a close. */
  readonly bars: RecentBars | null;
  /** Close of `asOf`, which for an entry is its reference price; `null` without a bar. */
  readonly close: number | null;
  /** Return since the price paid, fraction; `null` for an entry or without a close. */
  readonly sincePaid: number | null;
  /** What the distances count from: the close, else the entry. */
  readonly reference: number;
  /** stop / reference − 1. */
  readonly stopDistance: number;
  /** target / reference − 1. */
  readonly targetDistance: number;
  /** Way to the target over way to the stop; `null` unless stop < reference < target. */
  readonly rewardToRisk: number | null;
  /** Fraction of equity lost if the stop fills at its level; 0 for an exit and for a stop above the reference. */
  readonly atRisk: number;
}

/** Views in the order they are read: what to sell, what to buy, what to keep; within each as in the document. */
export const ACTION_ORDER: readonly Action[] = ['exit', 'enter', 'hold'];

export interface ViewOptions {
  readonly charts: ReadonlyMap<string, PriceSeries>;
  /** Sessions in each chart. */
  readonly chartSessions: number;
}

/** The recommendations with derived numbers, grouped by `ACTION_ORDER`. */
export function positionViews({ asOf, recommendations }: RecommendationDocument, { charts, chartSessions }: ViewOptions): readonly PositionView[] {
  return ACTION_ORDER.flatMap((action) => recommendations.filter((one) => one.action === action)).map((one) => {
    const series = charts.get(one.symbol);
    const bars = series ? recentBars(series, asOf, chartSessions) : null;
    return positionView(one, bars?.close.some((price) => price !== null) ? bars : null, asOf);
  });
}

function positionView(recommendation: Recommendation, bars: RecentBars | null, asOf: IsoDate): PositionView {
  const { action, entry, stop, target, weight } = recommendation;
  const close = action === 'enter' ? entry : closeOn(bars, asOf);
  const reference = close ?? entry;
  const stopDistance = stop / reference - 1;
  const targetDistance = target / reference - 1;
  return {
    recommendation, bars, close, reference, stopDistance, targetDistance,
    sincePaid: action === 'enter' || close === null ? null : close / entry - 1,
    rewardToRisk: stopDistance < 0 && targetDistance > 0 ? targetDistance / -stopDistance : null,
    atRisk: action === 'exit' ? 0 : weight * Math.max(0, -stopDistance),
  };
}

/** Number of recommendations with an action. */
export function countOf(views: readonly PositionView[], action: Action): number {
  return views.filter((view) => view.recommendation.action === action).length;
}

/** The close of `asOf`; `null` when there is no bar on that session. */
function closeOn(bars: RecentBars | null, asOf: IsoDate): number | null {
  return bars !== null && bars.sessions.at(-1) === asOf ? bars.close.at(-1)! : null;
}
