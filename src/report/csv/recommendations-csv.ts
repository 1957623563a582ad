import type { Recommendation, RecommendationDocument } from '../../recommendation/recommendation.js';
import { leadReason } from '../lead-reason.js';
import { listedText } from '../listed-name.js';
import { ACTION_ORDER, tradeOf } from '../position-view.js';
import { csvOf, type CsvColumn } from './csv-text.js';

const OF_ONE: readonly CsvColumn<Recommendation>[] = [
  ['instrument', (one) => one.symbol], ['symbol', (one) => one.listedSymbol], ['name', (one) => one.name], ['sector', (one) => one.sector], ['action', (one) => one.action],
  ['trade_side', (one) => tradeOf(one)?.side ?? null], ['trade_shares', (one) => tradeOf(one)?.shares ?? null],
  ['order_kind', (one) => (tradeOf(one) === null ? null : (one.order?.kind ?? 'open'))], ['limit_price', (one) => (one.order?.kind === 'limit' ? one.order.limit : null)],
  ['entry_price', (one) => one.entry], ['stop_price', (one) => (one.action === 'exit' ? null : one.stop)], ['target_price', (one) => (one.action === 'exit' ? null : one.target)], ['trailing_distance_price', (one) => one.trailing],
  ['wanted_weight_fraction', (one) => one.sizes.wanted], ['weight_fraction', (one) => one.weight], ['held_after_shares', (one) => one.shares], ['horizon_sessions', (one) => one.horizon],
  ['expected_return_fraction', (one) => one.expectedReturn], ['expected_by_rank_fraction', (one) => one.edge], ['forecast_horizon_sessions', (one) => one.forecastHorizon], ['interval_low_fraction', (one) => one.interval?.[0] ?? null], ['interval_high_fraction', (one) => one.interval?.[1] ?? null],
  ['priority_rank', (one) => one.priority?.rank ?? null], ['priority_of_count', (one) => one.priority?.of ?? null], ['priority_score', (one) => one.priority?.score ?? null],
];

/**
 * What to do as CSV, one line a name in the order of the report: exits, reductions, entries, holdings. `symbol` is what a
 * name trades under that evening, `instrument` its key in the store. Prices are in quote currency, fractions are of equity
 * or returns; for the rules of the text see `csvText`.
 */
export function recommendationsCsv({ asOf, actOn, recommendations, symbols }: RecommendationDocument): string {
  const dates: readonly CsvColumn<Recommendation>[] = [['as_of', () => asOf], ['act_on', () => actOn]];
  const why: CsvColumn<Recommendation> = ['why', (one) => listedText(symbols, leadReason(one)?.text ?? '') || null];
  return csvOf([...dates, ...OF_ONE, why], ACTION_ORDER.flatMap((action) => recommendations.filter((one) => one.action === action)));
}
