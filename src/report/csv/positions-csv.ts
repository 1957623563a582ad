import type { HeldPosition, RecommendationDocument } from '../../recommendation/recommendation.js';
import { csvOf, type CsvColumn } from './csv-text.js';

const OF_ONE: readonly CsvColumn<HeldPosition>[] = [
  ['instrument', (one) => one.symbol], ['symbol', (one) => one.listedSymbol], ['sector', (one) => one.sector], ['shares', (one) => one.shares], ['entry_session', (one) => one.entrySession],
  ['entry_price', (one) => one.entryPrice], ['close_price', (one) => one.close], ['value_money', (one) => one.value], ['weight_fraction', (one) => one.weight], ['return_fraction', (one) => one.return],
  ['stop_price', (one) => one.stop], ['target_price', (one) => one.target],
];

/** What the paper book holds at the close as CSV, by weight: `symbol` is what it trades under that evening. Prices and money are in quote currency; for the rules of the text see `csvText`. */
export function positionsCsv({ asOf, portfolio }: RecommendationDocument): string {
  return csvOf([['as_of', () => asOf], ...OF_ONE], portfolio.held);
}
