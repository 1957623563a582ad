import type { ExitReason } from './exit-reason.js';

/** Trades as columns, [trade]: instruments in their order, of each in the order of time. */
export interface SignalTrades {
  readonly count: number;
  /** Row of the instrument. */
  readonly column: Int32Array;
  /** Positions of the sessions in which it was entered and left. */
  readonly entry: Int32Array;
  readonly exit: Int32Array;
  /** Fill prices: spread and slippage are in them, commission is not. */
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** < 0: short. */
  readonly shares: Float64Array;
  /** What the cash grew by from before the entry to after the exit, all costs and borrow fees off. */
  readonly profit: Float64Array;
  /** Profit over what the entry came to, commission included (fraction). */
  readonly return: Float64Array;
  /** Commission, spread and slippage of both fills. */
  readonly costs: Float64Array;
  /** Codes of `EXIT_REASONS`. */
  readonly reason: Uint8Array;
}

/** A trade as one record. */
export interface SignalTrade {
  readonly column: number;
  readonly entry: number;
  readonly exit: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly shares: number;
  readonly profit: number;
  readonly return: number;
  readonly costs: number;
  readonly reason: ExitReason;
}

const FIRST_ROOM = 64;

/** Room for trades that doubles when it is full; written column by column at the row that `add` gives. */
export class TradeColumns implements SignalTrades {
  count = 0;
  column: Int32Array = new Int32Array(FIRST_ROOM);
  entry: Int32Array = new Int32Array(FIRST_ROOM);
  exit: Int32Array = new Int32Array(FIRST_ROOM);
  entryPrice: Float64Array = new Float64Array(FIRST_ROOM);
  exitPrice: Float64Array = new Float64Array(FIRST_ROOM);
  shares: Float64Array = new Float64Array(FIRST_ROOM);
  profit: Float64Array = new Float64Array(FIRST_ROOM);
  return: Float64Array = new Float64Array(FIRST_ROOM);
  costs: Float64Array = new Float64Array(FIRST_ROOM);
  reason: Uint8Array = new Uint8Array(FIRST_ROOM);

  /** Row of a trade more. */
  add(): number {
    if (this.count === this.column.length) this.#resize(2 * this.count);
    return this.count++;
  }

  clear(): void {
    this.count = 0;
  }

  /** The same without spare room. */
  trim(): this {
    this.#resize(this.count);
    return this;
  }

  #resize(room: number): void {
    this.column = resized(this.column, new Int32Array(room));
    this.entry = resized(this.entry, new Int32Array(room));
    this.exit = resized(this.exit, new Int32Array(room));
    this.entryPrice = resized(this.entryPrice, new Float64Array(room));
    this.exitPrice = resized(this.exitPrice, new Float64Array(room));
    this.shares = resized(this.shares, new Float64Array(room));
    this.profit = resized(this.profit, new Float64Array(room));
    this.return = resized(this.return, new Float64Array(room));
    this.costs = resized(this.costs, new Float64Array(room));
    this.reason = resized(this.reason, new Uint8Array(room));
  }
}

function resized<Values extends Int32Array | Float64Array | Uint8Array>(old: Values, room: Values): Values {
  room.set(old.subarray(0, room.length));
  return room;
}
