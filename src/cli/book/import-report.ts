import type { IsoDate } from '../../core/dates.js';
import type { Order } from '../../portfolio/book.js';
import { fromCents, type Cents } from '../../portfolio/cents.js';
import type { Output } from '../output.js';
import type { Completed } from './complete-position.js';

export interface Imported {
  readonly session: IsoDate;
  readonly cash: Cents;
  /** At the last closes, quote currency. */
  readonly equity: number;
  readonly completed: readonly Completed[];
  readonly dropped: readonly Order[];
  /** Last session that an evening is kept of, `null` before the first. */
  readonly lastBooked: IsoDate | null;
  readonly ignoredColumns: readonly string[];
  readonly dryRun: boolean;
}

/** What an import did, or would do, as one JSON document. */
export function importDocument({ session, cash, equity, completed, dropped, lastBooked, ignoredColumns, dryRun }: Imported): object {
  return {
    session,
    dryRun,
    cash: fromCents(cash),
    equity,
    positions: completed.map(({ position: { cost, high, ...position }, assumed, remarks }) => ({ ...position, cost: fromCents(cost), highestClose: high, assumed, remarks })),
    droppedOrders: dropped.map(({ side, shares, symbol }) => ({ side, shares, symbol })),
    decideAnew: lastBooked !== null && lastBooked > session ? lastBooked : null,
    ignoredColumns,
  };
}

/** What an import did, or would do, for a person. */
export function printImport({ session, cash, equity, completed, dropped, lastBooked, dryRun }: Imported, { line }: Pick<Output, 'line'>): void {
  const count = `${completed.length} ${completed.length === 1 ? 'position' : 'positions'}`;
  line(`${dryRun ? 'The book would stand' : 'The book stands'} after ${session} with ${count} and ${fromCents(cash).toFixed(2)} of cash: equity ${equity.toFixed(2)}`);
  for (const { position, assumed, remarks } of completed) {
    if (assumed.length > 0) line(`  ${position.symbol}: assumed ${assumed.join(', ')}`);
    for (const remark of remarks) line(`  ${position.symbol}: beware, ${remark}`);
  }
  const orders = dropped.map(({ side, shares, symbol }) => `${side} ${shares} ${symbol}`);
  if (orders.length > 0) line(`${dryRun ? 'Would drop' : 'Dropped'} ${orders.length} waiting ${orders.length === 1 ? 'order' : 'orders'}: ${orders.join(', ')}`);
  if (lastBooked !== null && lastBooked > session) line(`The evening of ${lastBooked} stands on the book before; decide on it anew with: swing daily --as-of ${lastBooked}`);
  if (dryRun) line('Nothing was kept.');
}
