import { formatMoney, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent } from '../../format.js';
import { listedText } from '../listed-text.js';
import type { BacktestReportInput } from '../report-input.js';
import type { TextTable } from './text-table.js';

/** Shares of a research book are fractions. */
const SHARE_DIGITS = { cash: 0, research: 2 } as const;

/** What is held at the last close, the largest first; `null` where nothing is. */
export function positionTable({ run: { positions, equity, book }, figures: { last: session }, listed }: Pick<BacktestReportInput, 'run' | 'figures' | 'listed'>): TextTable | null {
  if (positions.length === 0) return null;
  const last = equity[equity.length - 1];
  const valued = positions.map((one) => ({ ...one, value: one.shares * one.lastPrice })).sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.symbol < b.symbol ? -1 : 1));
  return {
    caption: 'Held at the last close', columns: [['Name', 'text'], ['Entered', 'number'], ['Shares', 'number'], ['Paid', 'number'], ['Last', 'number'], ['Since paid', 'number'], ['Value', 'number'], ['Of equity', 'number']],
    rows: valued.map(({ symbol, shares, entrySession, entryPrice, lastPrice, value }) => [listedText(symbol, session, listed), formatShortDate(entrySession), formatNumber(shares, SHARE_DIGITS[book]), formatPrice(entryPrice), formatPrice(lastPrice), formatSignedPercent(lastPrice / entryPrice - 1), formatMoney(value), formatPercent(value / last)]),
  };
}
