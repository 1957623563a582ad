import { InvariantError } from '../core/errors.js';
import { closeResearch, closeResearchSession, openResearchBook, rebalanceResearch, type ResearchBook, type ResearchCosts } from '../portfolio/research-book.js';
import type { ColumnValues, Panel } from '../table/panel.js';

export interface WeightsInput {
  /** Columns open and close [symbol, session], adjusted for splits and dividends; NaN: no bar, no fill. */
  readonly bars: Panel;
  /**
   * Column `weight` over the axes of the bars: fractions of equity decided at the close of the session, filled at the open of the next;
   * below 0, held short, only where the costs name a `borrowFee`. A session on which all are NaN decides nothing; among others NaN is 0.
   */
  readonly weights: Panel;
  readonly initialCash: number;
  readonly costs: ResearchCosts;
  /**
   * Position of the last session of each name, after which it no longer trades: what is held of it turns into cash at its last mark, without
   * costs. [name]; not given, or not the position of a session: it goes on, and without bars is held at its last mark.
   */
  readonly lastSessions?: ArrayLike<number>;
  /** Told of the book at the close of each session, by position, before names that no longer trade are closed; it must not change it. */
  readonly onSession?: (t: number, book: ResearchBook) => void;
}

/** A research book over the sessions of a panel. */
export interface WeightsRun {
  /** At the close of each session, quote currency. [session] */
  readonly equity: Float64Array;
  /** Bought and sold at the open of each session at fill prices, as a fraction of the equity there. [session] */
  readonly turnover: Float64Array;
  /** Commission, spread and slippage of each session (quote currency). [session] */
  readonly costs: Float64Array;
  /** Paid for borrowed shares at the close of each session (quote currency). [session] */
  readonly borrowed: Float64Array;
  /** After the last session. */
  readonly book: ResearchBook;
}

/**
 * Takes the research book through a matrix of weights: decided at a close, filled at the next open, marked at each close.
 *
 * Nothing is allocated in a session, and every number comes from the functions of the research book, so that any other run of the same book
 * is equal bit for bit. Weights of the last session fill nothing: there is no open after it.
 *
 * @throws InvariantError when the weights have other symbols or sessions than the bars, one is negative without a borrow fee, or last sessions are
 *   not those of the names
 */
export function runWeights({ bars, weights, initialCash, costs, lastSessions = [], onSession }: WeightsInput): WeightsRun {
  requireSameAxes(bars, weights);
  const [names, sessions] = [bars.symbols.length, bars.sessions.length];
  const book = openResearchBook(names, initialCash);
  const run: WeightsRun = { equity: new Float64Array(sessions), turnover: new Float64Array(sessions), costs: new Float64Array(sessions), borrowed: new Float64Array(sessions), book };
  const [opens, closes, wanted] = [new SessionRows(bars, 'open'), new SessionRows(bars, 'close'), new SessionRows(weights, 'weight')];
  const target = new Float64Array(names);
  const leaving = leavers(lastSessions, names, sessions);
  let isDecided = false;
  for (let t = 0; t < sessions; t++) {
    if (isDecided) {
      const [traded, paid] = [book.traded, book.commission + book.concession];
      const value = rebalanceResearch(book, target, opens.at(t), costs);
      run.turnover[t] = value > 0 ? (book.traded - traded) / value : 0;
      run.costs[t] = book.commission + book.concession - paid;
    }
    const borrowed = book.borrowed;
    run.equity[t] = closeResearchSession(book, closes.at(t), costs);
    run.borrowed[t] = book.borrowed - borrowed;
    onSession?.(t, book);
    for (const name of leaving.get(t) ?? []) closeResearch(book, name);
    isDecided = decide(wanted.at(t), target);
  }
  return run;
}

/** Names by the position of their last session. */
function leavers(lastSessions: ArrayLike<number>, names: number, sessions: number): ReadonlyMap<number, readonly number[]> {
  if (lastSessions.length !== 0 && lastSessions.length !== names) throw new InvariantError(`expected the last sessions of ${names} names, found ${lastSessions.length}`);
  const leaving = new Map<number, number[]>();
  for (let name = 0; name < lastSessions.length; name++) {
    const last = lastSessions[name];
    if (last >= 0 && last < sessions) leaving.set(last, [...(leaving.get(last) ?? []), name]);
  }
  return leaving;
}

/** Writes the weights of a session with 0 for those that are missing; `false` where nothing was decided. */
function decide(weights: Float64Array, target: Float64Array): boolean {
  let any = false;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    const isThere = weight === weight;
    any ||= isThere;
    target[i] = isThere ? weight : 0;
  }
  return any;
}

/** Sessions that are turned at a time: of each name as many lie together in memory as the processor fetches anyway, and all fit near it. */
const BLOCK = 64;

/** A column session by session: [symbol, session] is turned a few sessions at a time, into the same room. */
class SessionRows {
  readonly #column: ColumnValues;
  readonly #names: number;
  readonly #sessions: number;
  readonly #block: Float64Array;
  readonly #rows: readonly Float64Array[];
  #from = -BLOCK;

  constructor(panel: Panel, name: string) {
    this.#column = panel.column(name);
    this.#names = panel.symbols.length;
    this.#sessions = panel.sessions.length;
    this.#block = new Float64Array(BLOCK * this.#names);
    this.#rows = Array.from({ length: BLOCK }, (_, i) => this.#block.subarray(i * this.#names, (i + 1) * this.#names));
  }

  /** Values of a session [name]; valid until a session of another block is asked for. */
  at(t: number): Float64Array {
    if (t < this.#from || t >= this.#from + BLOCK) this.#turn(t - (t % BLOCK));
    return this.#rows[t - this.#from];
  }

  #turn(from: number): void {
    const [column, block, names, width] = [this.#column, this.#block, this.#names, this.#sessions];
    const count = Math.min(BLOCK, width - from);
    let row = 0;
    // eight names at a time: what they write of a session lies in one piece of memory
    for (; row + 8 <= names; row += 8) {
      for (let i = 0; i < count; i++) {
        const source = row * width + from + i;
        const target = i * names + row;
        block[target] = column[source];
        block[target + 1] = column[source + width];
        block[target + 2] = column[source + 2 * width];
        block[target + 3] = column[source + 3 * width];
        block[target + 4] = column[source + 4 * width];
        block[target + 5] = column[source + 5 * width];
        block[target + 6] = column[source + 6 * width];
        block[target + 7] = column[source + 7 * width];
      }
    }
    for (; row < names; row++) for (let i = 0; i < count; i++) block[i * names + row] = column[row * width + from + i];
    this.#from = from;
  }
}

function requireSameAxes(bars: Panel, weights: Panel): void {
  const same = bars.symbols.length === weights.symbols.length && bars.sessions.length === weights.sessions.length && bars.symbols.every((symbol, i) => symbol === weights.symbols[i]) && bars.sessions.every((day, t) => day === weights.sessions[t]);
  if (!same) throw new InvariantError(`expected weights over the ${bars.symbols.length} symbols and ${bars.sessions.length} sessions of the bars, found ${weights.symbols.length} and ${weights.sessions.length} that differ`, { code: 'DIFFERENT_AXES' });
}
