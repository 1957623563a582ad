import { fromCents } from '../../portfolio/cents.js';
import type { Book } from '../../portfolio/book.js';
import type { SessionResult } from '../../strategy/run-session.js';
import type { Target } from '../../strategy/strategy.js';
import type { IsoDate } from '../../core/dates.js';
import type { AuditRecord } from './compare-records.js';
import type { AuditValue } from './audit-report.js';
import { fillRecords } from './fills/audit-fills.js';

/** Everything that a session decided and traded, as answers that can be compared: targets, orders, fills, book. */
export function sessionRecords({ decision, book, fills, equity }: SessionResult): AuditRecord[] {
  const { session } = decision;
  return [...decision.targets.flatMap((target, place) => targetRecords(session, target, place + 1)), ...orderRecords(session, book.orders), ...fillRecords(fills), ...bookRecords(session, book, equity)];
}

function targetRecords(session: IsoDate, target: Target, place: number): AuditRecord[] {
  const { symbol, action, weight, entry, stop, target: goal, trailing, horizon, standing } = target;
  const of = (field: string, value: AuditValue): AuditRecord => ({ session, symbol, field, value });
  return [
    of('action', action), of('place', place), of('score', standing?.score ?? null), of('rank', standing?.rank ?? null), of('weight', weight),
    of('entry', entry), of('stop', stop), of('target', goal), of('trailing', trailing), of('horizon', horizon),
  ];
}

/** Orders that wait after the decision of a session. */
export function orderRecords(session: IsoDate, orders: Book['orders']): AuditRecord[] {
  return orders.flatMap(({ symbol, side, shares, limit, plan, kind }) => {
    const of = (field: string, value: AuditValue): AuditRecord => ({ session, symbol, field: `order to ${side}, ${field}`, value });
    return [of('shares', shares), of('limit', limit ?? null), of('stop', plan?.stop ?? null), of('target', plan?.target ?? null), of('horizon', plan?.horizon ?? null), of('kind', kind ?? null)];
  });
}

/** The book after a session. */
export function bookRecords(session: IsoDate, { cash, positions }: Pick<Book, 'cash' | 'positions'>, equity: number): AuditRecord[] {
  return [
    { session, symbol: 'book', field: 'equity', value: equity },
    { session, symbol: 'book', field: 'cash', value: fromCents(cash) },
    ...positions.flatMap(({ symbol, shares, entryPrice, stop, target, high }) => {
      const of = (field: string, value: number): AuditRecord => ({ session, symbol, field: `held ${field}`, value });
      return [of('shares', shares), of('entry price', entryPrice), of('stop', stop), of('target', target), of('high', high)];
    }),
  ];
}
