import { toEpochDay, type EpochDay } from '../core/dates.js';
import { fromCents } from '../portfolio/cents.js';
import type { Book, Fill, Order } from '../portfolio/book.js';
import type { BookEvent } from '../portfolio/session-market.js';
import { incomeOf, roundTrips } from '../portfolio/round-trips.js';
import type { SessionInputs, SessionResult, SessionRules } from '../strategy/run-session.js';
import type { BacktestRun, DecidedOrder, HeldPosition } from './backtest-run.js';
import { runBook } from './run-book.js';

/**
 * Takes a cash book through sessions, each by the same function as the evening's run, and keeps what a reader asks of it: series by session,
 * orders as they were decided, fills, trades.
 *
 * @param onSession told of each session when it is over
 * @returns orders of the last session wait in it, unfilled
 */
export async function runBacktest(sessions: AsyncIterable<SessionInputs>, start: Book, rules: SessionRules, onSession?: (result: SessionResult) => void): Promise<BacktestRun> {
  const log = new SessionLog();
  const { fills } = await runBook(sessions, start, rules, (result) => {
    log.add(result);
    onSession?.(result);
  });
  return log.toRun(fills);
}

/** Series that grow by a session at a time. */
class SessionLog {
  readonly #days: EpochDay[] = [];
  readonly #series = { equity: [] as number[], gross: [] as number[], names: [] as number[], turnover: [] as number[], costs: [] as number[] };
  readonly #orders: DecidedOrder[] = [];
  readonly #unfilled: BacktestRun['unfilled'][number][] = [];
  readonly #events: BookEvent[] = [];
  #last: SessionResult | null = null;

  add(result: SessionResult): void {
    const { book, fills, unfilled, events, equity, closes, decision: { session } } = result;
    const { equity: equities, gross, names, turnover, costs } = this.#series;
    this.#days.push(toEpochDay(session));
    const before = equities.at(-1) ?? equity;
    equities.push(equity);
    gross.push(book.positions.reduce((sum, { symbol, shares }) => sum + shares * closes[symbol], 0) / equity);
    names.push(book.positions.length);
    const traded = fills.filter(isTrade);
    turnover.push(traded.reduce((sum, fill) => sum + fromCents(fill.gross), 0) / before);
    costs.push(traded.reduce((sum, fill) => sum + fill.costs, 0));
    this.#orders.push(...book.orders.map(decidedOrder));
    for (const { symbol, reason } of unfilled) this.#unfilled.push({ session, symbol, reason });
    this.#events.push(...events);
    this.#last = result;
  }

  toRun(fills: readonly Fill[]): BacktestRun {
    const { equity, gross, names, turnover, costs } = this.#series;
    return {
      book: 'cash',
      sessions: Int32Array.from(this.#days),
      equity: Float64Array.from(equity),
      returns: Float64Array.from({ length: Math.max(0, equity.length - 1) }, (_, t) => equity[t + 1] / equity[t] - 1),
      gross: Float64Array.from(gross),
      net: Float64Array.from(gross), // a cash book is never short
      names: Float64Array.from(names),
      turnover: Float64Array.from(turnover),
      costs: Float64Array.from(costs),
      orders: this.#orders,
      fills,
      unfilled: this.#unfilled,
      events: this.#events,
      trades: roundTrips({ fills, income: incomeOf(this.#events) }),
      positions: this.#last === null ? [] : heldAt(this.#last),
    };
  }
}

function decidedOrder({ symbol, side, shares, decidedOn, limit, kind, plan }: Order): DecidedOrder {
  const level = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);
  return { session: decidedOn, symbol, side, shares, kind: kind ?? (side === 'buy' ? 'entry' : 'exit'), limit: limit ?? null, stop: level(plan?.stop), target: level(plan?.target) };
}

/** What a delisting or a split pays is nobody's trade. */
const isTrade = ({ reason }: Fill): boolean => reason !== 'delisted' && reason !== 'split-cash';

const heldAt = ({ book, closes }: SessionResult): HeldPosition[] => book.positions.map(({ symbol, shares, entrySession, entryPrice }) => ({ symbol, shares, entrySession, entryPrice, lastPrice: closes[symbol] }));

/** A run as one text a decided order, in the order in which they were decided: what two runs must share to be the same. */
export function orderLines({ orders }: Pick<BacktestRun, 'orders'>): string[] {
  return orders.map(({ session, symbol, side, shares, kind, limit }) => [session, side, symbol, shares, kind, limit === null ? 'open' : limit.toFixed(4)].join(' '));
}
