import type { IsoDate } from '../../core/dates.js';
import type { Evidence } from '../evidence.js';
import type { MarketView } from '../view.js';
import type { TopRankedConfig } from './config.js';

/** What a trade stands on from this session on. */
export interface StandingPlan {
  /** Quote currency. */
  readonly stop: number;
  /** Price that distances count from. */
  readonly reference: number;
  /** Session at whose open it is closed at the latest. */
  readonly last: IsoDate;
  /** Sessions left. */
  readonly sessions: number;
}

/** What would show that a trade was wrong: levels, ranks and dates that are known now and can be looked up later. */
export function wouldDisprove(view: MarketView, symbol: string, { stop, reference, last, sessions }: StandingPlan, { top, keepWithin, minHorizon }: Pick<TopRankedConfig, 'top' | 'keepWithin' | 'minHorizon'>): Evidence[] {
  const forecast = view.forecast(symbol);
  const report = view.feature('sessions-to-earnings', symbol);
  return [
    { code: 'breaks-stop', values: { stop, distance: stop / reference - 1 } },
    ...(minHorizon < sessions ? [{ code: 'falls-in-rank' as const, values: { limit: Math.round(top * keepWithin), sessions: minHorizon } }] : []),
    ...(forecast?.interval ? [{ code: 'misses-interval' as const, values: { low: forecast.interval[0], coverage: forecast.coverage, date: last } }] : []),
    { code: 'time-runs-out', values: { date: last, sessions } },
    ...(report <= sessions ? [{ code: 'earnings-due' as const, values: { sessions: report } }] : []),
  ];
}
