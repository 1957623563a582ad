import { XNYS } from '../../core/calendar.js';
import type { Evidence } from '../evidence.js';
import type { MarketView } from '../view.js';
import type { TopRankedConfig } from './config.js';

/** What a trade stands on from this session on. */
export interface StandingPlan {
  /** Quote currency. */
  readonly stop: number;
  readonly trailing: number | null;
  /** Price that distances count from. */
  readonly reference: number;
  /** Sessions held so far, and left at most. */
  readonly held: number;
  readonly left: number;
  /** Whether it is entered now: the forecast of this evening is then the trade's own. */
  readonly entering: boolean;
}

/** What would show that a trade was wrong: levels, ranks and dates that are known now and can be looked up later. */
export function wouldDisprove(view: MarketView, symbol: string, plan: StandingPlan, config: Pick<TopRankedConfig, 'top' | 'keepWithin' | 'minHorizon'>): Evidence[] {
  const { stop, trailing, reference, left } = plan;
  const report = view.feature('sessions-to-earnings', symbol);
  return [
    { code: 'breaks-stop', values: { stop, distance: stop / reference - 1, ...(trailing === null ? {} : { trailing }) } },
    ...fallsInRank(view, plan, config),
    ...(plan.entering ? missesInterval(view, symbol, reference) : []),
    { code: 'time-runs-out', values: { date: XNYS.shift(view.session, left), sessions: left } },
    ...(report <= left ? [{ code: 'earnings-due' as const, values: { sessions: report } }] : []),
  ];
}

/** From the first evening on which the rank decides, unless the time is over by then. */
function fallsInRank({ session }: MarketView, { held, left }: StandingPlan, { top, keepWithin, minHorizon }: Pick<TopRankedConfig, 'top' | 'keepWithin' | 'minHorizon'>): Evidence[] {
  const evenings = Math.max(1, minHorizon - held);
  return evenings < left ? [{ code: 'falls-in-rank', values: { limit: Math.round(top * keepWithin), date: XNYS.shift(session, evenings) } }] : [];
}

function missesInterval(view: MarketView, symbol: string, reference: number): Evidence[] {
  const forecast = view.forecast(symbol);
  if (!forecast?.interval) return [];
  const [low] = forecast.interval;
  return [{ code: 'misses-interval', values: { price: reference * (1 + low), low, coverage: forecast.coverage, date: XNYS.shift(view.session, 1 + forecast.horizon) } }];
}
