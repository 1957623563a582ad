import type { BacktestRun } from '../../../backtest/backtest-run.js';
import { formatNumber, formatShortDate } from '../../format.js';
import { byFrequency } from './by-frequency.js';
import type { TextTable } from './text-table.js';

type Unfilled = BacktestRun['unfilled'][number];

/** Orders, or parts of them, that came to nothing, counted by reason, the most frequent first; `null` where all were filled. */
export function unfilledTable(unfilled: readonly Unfilled[]): TextTable | null {
  if (unfilled.length === 0) return null;
  const groups = byFrequency(unfilled, ({ reason }) => kindOf(reason));
  return {
    caption: 'Orders that were not filled', columns: [['Why', 'text'], ['Orders', 'number'], ['Last of them', 'wide']],
    rows: groups.map(([kind, some]) => [kind, formatNumber(some.length), lastOf(some)]),
  };
}

function lastOf(some: readonly Unfilled[]): string {
  const { symbol, session, reason } = some[some.length - 1];
  return `${symbol}, ${formatShortDate(session)}: ${reason}`;
}

/** A reason without what is only of one order: its date and its numbers. */
function kindOf(reason: string): string {
  const kind = reason.replace(/ (?:on|of) \d{4}-\d\d-\d\d/g, '').replace(/\b\d[\d,.]*\d|\b\d\b/g, '…').trim();
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
