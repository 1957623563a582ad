import { EXIT_CODE } from './exit-reason.js';
import type { WalkRules } from './signal-rules.js';
import type { TradeColumns } from './trade-columns.js';

/** One instrument, [session]; NaN: missing. */
export interface ColumnBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** What was decided at each close, 0 or not, [session]. */
export interface ColumnSignals {
  readonly entries: Uint8Array;
  readonly exits: Uint8Array;
}

/** Prices known at each close, [session]; `null` where a rule has none. */
export interface ColumnLevels {
  readonly stop: Float64Array | null;
  readonly target: Float64Array | null;
  readonly trailing: Float64Array | null;
}

export const NO_LEVELS: ColumnLevels = { stop: null, target: null, trailing: null };

/** Where a walk writes. */
export interface ColumnOutput {
  /** At each close, [session]. */
  readonly equity: Float64Array;
  readonly trades: TradeColumns;
  /** Row of the instrument, as trades name it. */
  readonly column: number;
}

export interface ColumnInput {
  readonly bars: ColumnBars;
  readonly signals: ColumnSignals;
  readonly levels: ColumnLevels;
  readonly rules: WalkRules;
  readonly initialCash: number;
}

const NOT_LEAVING = -1;

/**
 * One instrument's signals, session by session: what the close before decided fills at the open, then resting stops and targets, then the
 * close, which pays the borrow fee, moves the trailing stop and decides.
 *
 * Prices and levels are compared after multiplication by the side, 1 or −1, which is exact: what holds for a long holds for a short mirrored.
 */
export class ColumnWalk {
  readonly #bars: ColumnBars;
  readonly #signals: ColumnSignals;
  readonly #levels: ColumnLevels;
  readonly #rules: WalkRules;
  readonly #output: ColumnOutput;
  /** Whether anything can rest, and whether it follows the closes. */
  readonly #rests: boolean;
  readonly #trails: boolean;
  #cash: number;
  #shares = 0;
  /** Last price seen of what is held. */
  #mark = 0;
  #trade = 0;
  #entry = 0;
  #cashBefore = 0;
  #costs = 0;
  /** Times the side. */
  #stop = Number.NaN;
  #target = Number.NaN;
  #best = 0;
  #distance = Number.NaN;
  #isTrailing = false;
  /** Code of the exit that waits for an open. */
  #leaving = NOT_LEAVING;
  /** Session whose borrow fee was the last to be paid. */
  #paidUntil = 0;
  /** Paid so far, quote currency. */
  paid = 0;
  borrowed = 0;

  constructor({ bars, signals, levels, rules, initialCash }: ColumnInput, output: ColumnOutput) {
    [this.#bars, this.#signals, this.#levels, this.#rules, this.#output] = [bars, signals, levels, rules, output];
    this.#cash = initialCash;
    this.#trails = rules.trailing > 0 || levels.trailing !== null;
    this.#rests = this.#trails || rules.stop > 0 || rules.target > 0 || levels.stop !== null || levels.target !== null;
  }

  run(): void {
    const { open, close } = this.#bars;
    const { entries, exits } = this.#signals;
    const { equity } = this.#output;
    const last = lastSession(this.#bars);
    for (let t = 0; t < close.length; t++) {
      if (this.#shares === 0) {
        // where both say yes, neither counts; a missing open fills nothing, and the entry is forgotten
        if (t > 0 && entries[t - 1] !== 0 && exits[t - 1] === 0 && open[t] > 0 && this.#cash > 0) this.#enter(t);
      } else if (this.#leaving !== NOT_LEAVING && open[t] > 0) this.#leave(t, open[t], this.#leaving);
      if (this.#shares !== 0) this.#hold(t);
      if (t === last && this.#shares !== 0) this.#finish(t, t === close.length - 1 ? EXIT_CODE['run-end'] : EXIT_CODE['data-end']);
      equity[t] = this.#shares === 0 ? this.#cash : this.#cash + this.#shares * this.#mark;
    }
  }

  #enter(t: number): void {
    const { side, size, slip, fee } = this.#rules;
    const open = this.#bars.open[t];
    const price = open * (1 + side * slip);
    const count = (size * this.#cash) / (price * (1 + fee));
    const gross = count * price;
    this.#cashBefore = this.#cash;
    this.#cash -= side * gross + gross * fee;
    this.#shares = side * count;
    this.#mark = open;
    this.#costs = gross * fee + count * Math.abs(price - open);
    this.#entry = t;
    this.#paidUntil = t - 1;
    this.#leaving = NOT_LEAVING;
    const { trades, column } = this.#output;
    this.#trade = trades.add();
    trades.column[this.#trade] = column;
    trades.entry[this.#trade] = t;
    trades.entryPrice[this.#trade] = price;
    trades.shares[this.#trade] = this.#shares;
    if (this.#rests) this.#setLevels(t, price);
  }

  /** Levels of a trade entered in session t: fractions of its price, columns as known when it was decided. */
  #setLevels(t: number, price: number): void {
    const { side, stop, target, trailing } = this.#rules;
    const levels = this.#levels;
    this.#stop = side * (levels.stop === null ? price * (1 - side * stop) : levels.stop[t - 1]);
    this.#target = side * (levels.target === null ? price * (1 + side * target) : levels.target[t - 1]);
    this.#best = side * price;
    this.#distance = trailing * price;
    this.#isTrailing = false;
    this.#trail(levels.trailing === null ? this.#best - this.#distance : side * levels.trailing[t - 1]);
  }

  #follow(t: number, close: number): void {
    this.#best = Math.max(this.#best, close);
    this.#trail(this.#levels.trailing === null ? this.#best - this.#distance : this.#rules.side * this.#levels.trailing[t]);
  }

  /** A level that is missing is none; a stop only ever comes nearer. */
  #trail(level: number): void {
    if (Number.isNaN(level) || level <= this.#stop) return;
    this.#stop = level;
    this.#isTrailing = true;
  }

  #hold(t: number): void {
    if (this.#rests) this.#rest(t);
    if (this.#shares !== 0) this.#close(t);
  }

  /** An open at or beyond a level fills there; where the range holds both, the stop was first. Comparisons with what is missing are false. */
  #rest(t: number): void {
    const { side } = this.#rules;
    const bars = this.#bars;
    const [stop, target] = [this.#stop, this.#target];
    const open = side * bars.open[t];
    const stopped = this.#isTrailing ? EXIT_CODE['trailing-stop'] : EXIT_CODE.stop;
    if (open <= stop) this.#leave(t, bars.open[t], stopped);
    else if (open >= target) this.#leave(t, bars.open[t], EXIT_CODE.target);
    else if (side * (side === 1 ? bars.low[t] : bars.high[t]) <= stop) this.#leave(t, side * stop, stopped);
    else if (side * (side === 1 ? bars.high[t] : bars.low[t]) >= target) this.#leave(t, side * target, EXIT_CODE.target);
  }

  #close(t: number): void {
    const { side, borrow, timeStop } = this.#rules;
    const close = this.#bars.close[t];
    if (close > 0) {
      this.#mark = close;
      if (borrow > 0) this.#payBorrow(t);
      if (this.#trails) this.#follow(t, side * close);
    }
    if (this.#leaving !== NOT_LEAVING) return;
    if (this.#signals.exits[t] !== 0 && this.#signals.entries[t] === 0) this.#leaving = EXIT_CODE.signal;
    else if (t - this.#entry + 1 >= timeStop) this.#leaving = EXIT_CODE.time;
  }

  /** Sessions without a close are paid for at the next. */
  #payBorrow(t: number): void {
    const due = -this.#shares * this.#mark * (this.#rules.borrow * (t - this.#paidUntil));
    this.#cash -= due;
    this.borrowed += due;
    this.#paidUntil = t;
  }

  /** Fills from a price; a target is a limit order and never fills beyond it. */
  #leave(t: number, reference: number, code: number): void {
    const { side, slip, fee } = this.#rules;
    const worse = side * reference * (1 - side * slip);
    const price = side * (code === EXIT_CODE.target ? Math.max(worse, this.#target) : worse);
    const count = side * this.#shares;
    const gross = count * price;
    this.#cash += side * gross - gross * fee;
    this.#costs += gross * fee + count * Math.abs(price - reference);
    this.#record(t, price, code);
  }

  /** Turned into cash at its last price, without costs. */
  #finish(t: number, code: number): void {
    this.#cash += this.#shares * this.#mark;
    this.#record(t, this.#mark, code);
  }

  #record(t: number, price: number, code: number): void {
    const { trades } = this.#output;
    const row = this.#trade;
    const profit = this.#cash - this.#cashBefore;
    trades.exit[row] = t;
    trades.exitPrice[row] = price;
    trades.profit[row] = profit;
    trades.return[row] = profit / (Math.abs(this.#shares) * trades.entryPrice[row] * (1 + this.#rules.fee));
    trades.costs[row] = this.#costs;
    trades.reason[row] = code;
    this.paid += this.#costs;
    this.#shares = 0;
  }
}

/** The last session that has an open or a close, −1 where none has. */
function lastSession({ open, close }: ColumnBars): number {
  let last = close.length - 1;
  while (last >= 0 && !(open[last] > 0 || close[last] > 0)) last--;
  return last;
}
