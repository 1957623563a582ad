import { InvariantError } from '../../core/errors.js';
import type { ResearchCosts } from '../../portfolio/research-book.js';
import type { Panel } from '../../table/panel.js';
import { badBars, columnBars, columnLevels, needsRange, part, walkBars, walkLevels, type SignalBars } from './signal-bars.js';
import { walkRules, type SignalRules } from './signal-rules.js';
import { TradeColumns, type SignalTrades } from './trade-columns.js';
import { ColumnWalk } from './walk-column.js';

export interface SignalsInput {
  /** Prices of research, adjusted for splits and dividends: columns open and close, high and low where rules have stops or targets. */
  readonly bars: Panel | SignalBars;
  /** Not 0 where the close of a session says to enter, [symbol, session]. */
  readonly entries: Uint8Array;
  /** Not 0 where it says to leave; none unless given. Where both say yes, neither counts. */
  readonly exits?: Uint8Array;
  readonly rules?: SignalRules;
  readonly costs: ResearchCosts;
  /** Of each instrument, quote currency; 1 unless given. */
  readonly initialCash?: number;
}

/** Signals of each instrument traded by an account of its own. */
export interface SignalsRun {
  readonly columns: number;
  readonly sessions: number;
  readonly initialCash: number;
  /** At each close, quote currency, [symbol, session]; of shorts that ran away it may fall below 0, and then nothing is entered any more. */
  readonly equity: Float64Array;
  readonly trades: SignalTrades;
  /** Commission, spread and slippage, quote currency, [symbol]. */
  readonly costs: Float64Array;
  /** Paid for borrowed shares, quote currency, [symbol]. */
  readonly borrowed: Float64Array;
}

/**
 * Trades entries and exits of each instrument with an account of its own: decided at a close, filled at the next open, never at the close itself.
 *
 * In a session, in this order: what the close before decided, at the open; resting stops and targets, where an open beyond a level fills at the
 * open and a stop counts before a target that the same range holds; at the close the borrow fee, the trailing stop, the next decision. An
 * account holds one position at a time and does one thing at an open: an entry while it holds, or at the open at which it leaves, counts for
 * nothing. Without an open nothing fills: an entry is forgotten, an exit waits for the next. A stop pays spread and slippage, a target is a
 * limit order and does not; commission is paid by all. What is held after the last bar of an instrument, or of the run, is turned into cash at
 * the last price seen, without costs, so that equity up to any session is what it would be if the data ended there.
 *
 * Nothing is allocated in a session. Borrow fees of sessions without a close are paid at the next close.
 *
 * @throws InvariantError `BAD_BARS` when lengths differ or a column is missing, `BAD_RULES` for rules or costs out of bounds
 */
export function runSignals({ bars, entries, exits, rules = {}, costs, initialCash = 1 }: SignalsInput): SignalsRun {
  const where = 'runSignals';
  const resolved = walkRules(rules, costs, where);
  const walked = walkBars(bars, needsRange(rules), where);
  const { columns, sessions } = walked;
  const size = columns * sessions;
  const leaves = exits ?? new Uint8Array(size);
  for (const [name, signals] of Object.entries({ entries, exits: leaves })) if (signals.length !== size) throw badBars(`expected ${size} ${name} [symbol, session], found ${signals.length}`, where);
  if (!(initialCash > 0 && initialCash < Infinity)) throw new InvariantError(`expected initial cash above 0, found ${initialCash} in ${where}`, { code: 'BAD_RULES', fields: { where } });
  const levels = walkLevels(rules, size, where);
  const trades = new TradeColumns();
  const run = { columns, sessions, initialCash, equity: new Float64Array(size), costs: new Float64Array(columns), borrowed: new Float64Array(columns) };
  for (let column = 0; column < columns; column++) {
    const signals = { entries: part(entries, column, sessions), exits: part(leaves, column, sessions) };
    const input = { bars: columnBars(walked, column), signals, levels: columnLevels(levels, column, sessions), rules: resolved, initialCash };
    const walk = new ColumnWalk(input, { equity: part(run.equity, column, sessions), trades, column });
    walk.run();
    run.costs[column] = walk.paid;
    run.borrowed[column] = walk.borrowed;
  }
  return { ...run, trades: trades.trim() };
}
