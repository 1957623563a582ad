import type { BacktestRun } from '../../../backtest/backtest-run.js';
import { fromCents } from '../../../portfolio/cents.js';
import type { BookEvent } from '../../../portfolio/session-market.js';
import { formatMoney, formatNumber, formatPrice, formatShortDate, MISSING } from '../../format.js';
import type { TextTable } from './text-table.js';

/** Splits and delistings listed at most; all are counted. */
const LISTED = 40;

type Delisted = Extract<BookEvent, { kind: 'delisted' }>;
type Split = Extract<BookEvent, { kind: 'split' }>;

/** What companies did while their shares were held, counted; `null` where nothing happened. */
export function eventCounts(events: BacktestRun['events']): TextTable | null {
  const dividends = events.filter((event) => event.kind === 'dividend');
  const rows = [
    ['Dividends paid in cash', formatNumber(dividends.length), formatMoney(dividends.reduce((sum, { cents }) => sum + fromCents(cents), 0))],
    ['Splits', formatNumber(events.filter(({ kind }) => kind === 'split').length), MISSING], ['Delisted, closed by rule', formatNumber(events.filter(({ kind }) => kind === 'delisted').length), MISSING],
  ].filter(([, count]) => count !== '0');
  return rows.length === 0 ? null : { caption: 'What companies did', columns: [['Event', 'text'], ['Times', 'number'], ['Amount', 'number']], rows };
}

/** Splits and delistings one by one, the latest first; `null` without any. */
export function eventTable(events: BacktestRun['events']): TextTable | null {
  const told = events.filter((event): event is Split | Delisted => event.kind !== 'dividend').toReversed().slice(0, LISTED);
  return told.length === 0 ? null : { caption: 'Splits and delistings', columns: [['Name', 'text'], ['Session', 'number'], ['What happened', 'wide']], rows: told.map((event) => [event.symbol, formatShortDate(event.session), wordsOf(event)]) };
}

function wordsOf(event: Split | Delisted): string {
  if (event.kind === 'delisted') return `Closed at ${formatPrice(event.price)}: ${event.reason}`;
  return `Split, ${formatNumber(event.ratio, 4).replace(/\.?0+$/, '')} new for one: ${formatNumber(event.sharesBefore)} became ${formatNumber(event.sharesAfter)}`;
}
