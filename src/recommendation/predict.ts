import type { Market } from '../data/market.js';
import { membershipTable } from '../data/market.js';
import { centredRanks } from '../math/rank.js';
import type { RankRegressionConfig } from '../models/baselines/config.js';
import { fitRankRegression, predictRankRegression, type RankRegressionFit } from '../models/baselines/rank-regression.js';
import type { Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';

export interface Predictions {
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** Members that may be bought, ascending. */
  readonly eligible: readonly string[];
  /** Members that may not, and why. */
  readonly ineligible: readonly { readonly symbol: string; readonly reason: string }[];
  /** Members with a bar on the session. */
  readonly priced: readonly string[];
  readonly fit: RankRegressionFit | null;
  /** Share of outcomes that each interval is meant to hold. */
  readonly coverage: number;
}

const SCORE = 'momentum-12-1';
const VOLATILITY = 'realized-volatility-63';

/** Features that forecasts are learnt from. */
export const FORECAST_FEATURES: readonly string[] = [SCORE, VOLATILITY];

/**
 * Forecasts of the members for the session the market stands in: 12-1 momentum as score, its past pay-off as expectation.
 *
 * Only members of a session with a bar that is not suspect count for that session. Ranks are among all of them, also
 * where the market is cut to a few symbols, because the pay-off was learnt on such ranks.
 */
export function predict(market: Market, features: Panel, horizon: number, config: RankRegressionConfig): Predictions {
  const { bars } = market;
  const width = bars.sessions.length;
  const index = width - 1;
  const member = membershipTable(bars, market.universe);
  const suspect = bars.column('suspect');
  const counts = (row: number, t: number): boolean => member[row * width + t] === 1 && suspect[row * width + t] !== 1;
  const fit = fitRankRegression({ bars, features, score: SCORE, volatility: VOLATILITY, counts, index, horizon }, config);
  const { eligible, ineligible, priced } = sortMembers(market, index);
  const close = bars.column('close');
  const scores = bars.symbols.map((_, row) => (counts(row, index) && close[row * width + index] > 0 ? features.column(SCORE)[row * width + index] : Number.NaN));
  const ranks = centredRanks(scores);
  const forecasts = new Map<string, Forecast>();
  for (const symbol of eligible) {
    const row = bars.row(symbol);
    if (Number.isNaN(scores[row])) continue;
    const volatility = features.series(VOLATILITY, symbol)[index];
    const known = fit !== null && volatility > 0 ? predictRankRegression(fit, ranks[row], volatility, horizon) : null;
    forecasts.set(symbol, { score: scores[row], expectedReturn: known?.expectedReturn ?? null, interval: known?.interval ?? null, coverage: config.interval });
  }
  return { forecasts, eligible, ineligible, priced, fit, coverage: config.interval };
}

function sortMembers({ bars, members, asOf, findings }: Market, index: number): Pick<Predictions, 'eligible' | 'ineligible' | 'priced'> {
  const eligible: string[] = [];
  const ineligible: { symbol: string; reason: string }[] = [];
  const priced: string[] = [];
  const masked = new Set(findings.filter(({ policy, session, end }) => policy === 'mask' && session <= asOf && asOf <= end).map(({ symbol }) => symbol));
  for (const symbol of members) {
    const close = bars.hasSymbol(symbol) ? bars.series('close', symbol)[index] : Number.NaN;
    if (!(close > 0)) {
      const reason = masked.has(symbol) ? 'bar of the session masked by a quality rule' : bars.hasSymbol(symbol) ? 'no bar on the session' : 'no bars in the store';
      ineligible.push({ symbol, reason });
      continue;
    }
    priced.push(symbol);
    if (bars.series('suspect', symbol)[index] === 1) ineligible.push({ symbol, reason: 'suspect price jump on the session: decided when the next bar shows what it is' });
    else eligible.push(symbol);
  }
  return { eligible, ineligible, priced };
}
