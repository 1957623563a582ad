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
 * Positions of the numbers that change: in a typed array, as each new value of a field would be a new object on the heap. MARK is the last price
 * seen of what is held; STOP, TARGET and BEST are times the side.
 */
const [CASH, SHARES, MARK, CASH_BEFORE, COSTS, STOP, TARGET, BEST, DISTANCE, PAID, BORROWED] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

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
  readonly #state = new Float64Array(11);
  #trade = 0;
  #entry = 0;
  #isTrailing = false;
  /** Code of the exit that waits for an open. */
  #leaving = NOT_LEAVING;
  /** Session whose borrow fee was the last to be paid. */
  #paidUntil = 0;

  constructor({ bars, signals, levels, rules, initialCash }: ColumnInput, output: ColumnOutput) {
    [this.#bars, this.#signals, this.#levels, this.#rules, this.#output] = [bars, signals, levels, rules, output];
    this.#state[CASH] = initialCash;
    this.#trails = rules.trailing > 0 || levels.trailing !== null;
    this.#rests = this.#trails || rules.stop > 0 || rules.target > 0 || levels.stop !== null || levels.target !== null;
  }

  /** Commission, spread and slippage paid so far, quote currency. */
  get paid(): number {
    return this.#state[PAID];
  }

  /** Borrow fees paid so far, quote currency. */
  get borrowed(): number {
    return this.#state[BORROWED];
  }

  run(): void {
    const state = this.#state;
    const { open, close } = this.#bars;
    const { equity } = this.#output;
    const last = lastSession(this.#bars);
    for (let t = this.#wait(0); t < close.length; t++) {
      if (state[SHARES] === 0) this.#enter(t);
      else if (this.#leaving !== NOT_LEAVING && open[t] > 0) this.#leave(t, open[t], this.#leaving);
      if (state[SHARES] !== 0) this.#hold(t);
      if (t === last && state[SHARES] !== 0) this.#finish(t, t === close.length - 1 ? EXIT_CODE['run-end'] : EXIT_CODE['data-end']);
      equity[t] = state[CASH] + state[SHARES] * state[MARK];
      if (state[SHARES] === 0) t = this.#wait(t + 1) - 1;
    }
  }

  /** Writes equity from a session on while nothing is held; returns the session whose open fills an entry, or the number of sessions. */
  #wait(from: number): number {
    const { open } = this.#bars;
    const { entries, exits } = this.#signals;
    const { equity } = this.#output;
    const cash = this.#state[CASH];
    for (let t = from; t < equity.length; t++) {
      // where both say yes, neither counts; a missing open fills nothing, and the entry is forgotten
      if (t > 0 && entries[t - 1] !== 0 && exits[t - 1] === 0 && open[t] > 0 && cash > 0) return t;
      equity[t] = cash;
    }
    return equity.length;
  }

  #enter(t: number): void {
    const state = this.#state;
    const { side, size, slip, fee } = this.#rules;
    const open = this.#bars.open[t];
    const price = open * (1 + side * slip);
    const count = (size * state[CASH]) / (price * (1 + fee));
    const gross = count * price;
    state[CASH_BEFORE] = state[CASH];
    state[CASH] -= side * gross + gross * fee;
    state[SHARES] = side * count;
    state[MARK] = open;
    state[COSTS] = gross * fee + count * Math.abs(price - open);
    this.#entry = t;
    this.#paidUntil = t - 1;
    this.#leaving = NOT_LEAVING;
    const { trades, column } = this.#output;
    this.#trade = trades.add();
    trades.column[this.#trade] = column;
    trades.entry[this.#trade] = t;
    trades.entryPrice[this.#trade] = price;
    trades.shares[this.#trade] = state[SHARES];
    if (this.#rests) this.#setLevels(t, price);
  }

  /** Levels of a trade entered in session t: fractions of its price, columns as known when it was decided. */
  #setLevels(t: number, price: number): void {
    const state = this.#state;
    const { side, stop, target, trailing } = this.#rules;
    const levels = this.#levels;
    state[STOP] = side * (levels.stop === null ? price * (1 - side * stop) : levels.stop[t - 1]);
    state[TARGET] = side * (levels.target === null ? price * (1 + side * target) : levels.target[t - 1]);
    state[BEST] = side * price;
    state[DISTANCE] = trailing * price;
    this.#isTrailing = false;
    this.#trail(levels.trailing === null ? state[BEST] - state[DISTANCE] : side * levels.trailing[t - 1]);
  }

  #follow(t: number, close: number): void {
    const state = this.#state;
    state[BEST] = Math.max(state[BEST], close);
    this.#trail(this.#levels.trailing === null ? state[BEST] - state[DISTANCE] : this.#rules.side * this.#levels.trailing[t]);
  }

  /** A level that is missing is none; a stop only ever comes nearer. */
  #trail(level: number): void {
    const state = this.#state;
    if (Number.isNaN(level) || level <= state[STOP]) return;
    state[STOP] = level;
    this.#isTrailing = true;
  }

  #hold(t: number): void {
    const state = this.#state;
    if (this.#rests) this.#rest(t);
    if (state[SHARES] !== 0) this.#close(t);
  }

  /** An open at or beyond a level fills there; where the range holds both, the stop was first. Comparisons with what is missing are false. */
  #rest(t: number): void {
    const state = this.#state;
    const { side } = this.#rules;
    const bars = this.#bars;
    const stop = state[STOP];
    const target = state[TARGET];
    const open = side * bars.open[t];
    if (open <= stop) this.#leave(t, bars.open[t], this.#stopCode());
    else if (open >= target) this.#leave(t, bars.open[t], EXIT_CODE.target);
    else if (side * (side === 1 ? bars.low[t] : bars.high[t]) <= stop) this.#leave(t, side * stop, this.#stopCode());
    else if (side * (side === 1 ? bars.high[t] : bars.low[t]) >= target) this.#leave(t, side * target, EXIT_CODE.target);
  }

  #stopCode(): number {
    return this.#isTrailing ? EXIT_CODE['trailing-stop'] : EXIT_CODE.stop;
  }

  #close(t: number): void {
    const state = this.#state;
    const { side, borrow, timeStop } = this.#rules;
    const close = this.#bars.close[t];
    if (close > 0) {
      state[MARK] = close;
      if (borrow > 0) this.#payBorrow(t);
      if (this.#trails) this.#follow(t, side * close);
    }
    if (this.#leaving !== NOT_LEAVING) return;
    if (this.#signals.exits[t] !== 0 && this.#signals.entries[t] === 0) this.#leaving = EXIT_CODE.signal;
    else if (t - this.#entry + 1 >= timeStop) this.#leaving = EXIT_CODE.time;
  }

  /** Sessions without a close are paid for at the next. */
  #payBorrow(t: number): void {
    const state = this.#state;
    const due = -state[SHARES] * state[MARK] * (this.#rules.borrow * (t - this.#paidUntil));
    state[CASH] -= due;
    state[BORROWED] += due;
    this.#paidUntil = t;
  }

  /** Fills from a price; a target is a limit order and never fills beyond it. */
  #leave(t: number, reference: number, code: number): void {
    const state = this.#state;
    const { side, slip, fee } = this.#rules;
    const worse = side * reference * (1 - side * slip);
    const price = side * (code === EXIT_CODE.target ? Math.max(worse, state[TARGET]) : worse);
    const count = side * state[SHARES];
    const gross = count * price;
    state[CASH] += side * gross - gross * fee;
    state[COSTS] += gross * fee + count * Math.abs(price - reference);
    this.#record(t, price, code);
  }

  /** Turned into cash at its last price, without costs. */
  #finish(t: number, code: number): void {
    const state = this.#state;
    state[CASH] += state[SHARES] * state[MARK];
    this.#record(t, state[MARK], code);
  }

  #record(t: number, price: number, code: number): void {
    const state = this.#state;
    const { trades } = this.#output;
    const row = this.#trade;
    const profit = state[CASH] - state[CASH_BEFORE];
    trades.exit[row] = t;
    trades.exitPrice[row] = price;
    trades.profit[row] = profit;
    trades.return[row] = profit / (Math.abs(state[SHARES]) * trades.entryPrice[row] * (1 + this.#rules.fee));
    trades.costs[row] = state[COSTS];
    trades.reason[row] = code;
    state[PAID] += state[COSTS];
    state[SHARES] = 0;
  }
}

/** The last session that has an open or a close, −1 where none has. */
function lastSession({ open, close }: ColumnBars): number {
  let last = close.length - 1;
  while (last >= 0 && !(open[last] > 0 || close[last] > 0)) last--;
  return last;
}
