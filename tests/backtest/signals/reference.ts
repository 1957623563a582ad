import type { ExitReason } from '../../../src/backtest/signals/exit-reason.js';
import type { SignalTrade } from '../../../src/backtest/signals/trade-columns.js';
import type { ResearchCosts } from '../../../src/portfolio/research-book.js';

export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A level by the session that knew it. */
export type PlainLevel = number | readonly number[] | undefined;

export interface PlainRules {
  readonly direction: 'long' | 'short';
  readonly size: number;
  readonly stop?: PlainLevel;
  readonly target?: PlainLevel;
  readonly trailing?: PlainLevel;
  readonly timeStop?: number | undefined;
}

export interface PlainInput {
  readonly bars: readonly Bar[];
  readonly entries: readonly boolean[];
  readonly exits: readonly boolean[];
  readonly rules: PlainRules;
  readonly costs: ResearchCosts;
}

interface Position {
  readonly entry: number;
  readonly entryPrice: number;
  readonly shares: number;
  readonly cashBefore: number;
  costs: number;
  mark: number;
  best: number;
  stop: number | null;
  trail: number | null;
  readonly target: number | null;
  leaving: ExitReason | null;
  lastFee: number;
}

interface Hit {
  readonly reason: ExitReason;
  readonly reference: number;
}

const isPrice = (value: number): boolean => value > 0;
const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Signals of one instrument by their definition, longs and shorts written out, an object a position and a trade. */
export class PlainAccount {
  readonly #input: PlainInput;
  readonly #isShort: boolean;
  readonly #slip: number;
  readonly #fee: number;
  #cash: number;
  #position: Position | null = null;
  readonly equity: number[] = [];
  readonly trades: SignalTrade[] = [];
  borrowed = 0;

  constructor(input: PlainInput, initialCash: number) {
    this.#input = input;
    this.#isShort = input.rules.direction === 'short';
    this.#slip = (input.costs.halfSpreadBps + input.costs.slippageBps) / 10_000;
    this.#fee = input.costs.commissionBps / 10_000;
    this.#cash = initialCash;
    const last = input.bars.findLastIndex(({ open, close }) => isPrice(open) || isPrice(close));
    input.bars.forEach((bar, t) => {
      this.#atOpen(bar, t);
      const hit = this.#position === null ? null : this.#caught(this.#position, bar);
      if (hit !== null) this.#sell(this.#position!, t, hit);
      if (this.#position !== null) this.#atClose(this.#position, bar, t);
      if (t === last && this.#position !== null) this.#end(this.#position, t, t === input.bars.length - 1 ? 'run-end' : 'data-end');
      this.equity.push(this.#position === null ? this.#cash : this.#cash + this.#position.shares * this.#position.mark);
    });
  }

  #atOpen(bar: Bar, t: number): void {
    if (t === 0 || !isPrice(bar.open)) return;
    const { entries, exits } = this.#input;
    if (this.#position === null) {
      if (entries[t - 1] && !exits[t - 1] && this.#cash > 0) this.#buy(bar, t);
    } else if (this.#position.leaving !== null) this.#sell(this.#position, t, { reason: this.#position.leaving, reference: bar.open });
  }

  #level(level: PlainLevel, t: number, from: (fraction: number) => number): number | null {
    if (level === undefined) return null;
    return typeof level === 'number' ? from(level) : known(level[t]);
  }

  #buy({ open }: Bar, t: number): void {
    const { rules } = this.#input;
    const price = this.#isShort ? open * (1 - this.#slip) : open * (1 + this.#slip);
    const count = (rules.size * this.#cash) / (price * (1 + this.#fee));
    const value = count * price;
    const cashBefore = this.#cash;
    this.#cash += this.#isShort ? value - value * this.#fee : -(value + value * this.#fee);
    const down = (fraction: number): number => price * (1 - fraction);
    const up = (fraction: number): number => price * (1 + fraction);
    const distance = (fraction: number): number => (this.#isShort ? price + fraction * price : price - fraction * price);
    this.#position = {
      entry: t, entryPrice: price, shares: this.#isShort ? -count : count, cashBefore,
      costs: value * this.#fee + count * Math.abs(price - open), mark: open, best: price,
      stop: this.#level(rules.stop, t - 1, this.#isShort ? up : down), target: this.#level(rules.target, t - 1, this.#isShort ? down : up),
      trail: this.#level(rules.trailing, t - 1, distance), leaving: null, lastFee: t - 1,
    };
  }

  /** The nearer of both stops, of equal ones the one that stands. */
  #nearest({ stop, trail }: Position): { level: number; reason: ExitReason } | null {
    const isTrailing = trail !== null && (stop === null || (this.#isShort ? trail < stop : trail > stop));
    if (isTrailing) return { level: trail, reason: 'trailing-stop' };
    return stop === null ? null : { level: stop, reason: 'stop' };
  }

  #caught(position: Position, { open, high, low }: Bar): Hit | null {
    const stop = this.#nearest(position);
    const { target } = position;
    const isShort = this.#isShort;
    if (stop !== null && (isShort ? open >= stop.level : open <= stop.level)) return { reason: stop.reason, reference: open };
    if (target !== null && (isShort ? open <= target : open >= target)) return { reason: 'target', reference: open };
    if (stop !== null && (isShort ? high >= stop.level : low <= stop.level)) return { reason: stop.reason, reference: stop.level };
    if (target !== null && (isShort ? low <= target : high >= target)) return { reason: 'target', reference: target };
    return null;
  }

  #sell(position: Position, t: number, { reason, reference }: Hit): void {
    const slipped = this.#isShort ? reference * (1 + this.#slip) : reference * (1 - this.#slip);
    const price = reason !== 'target' ? slipped : this.#isShort ? Math.min(slipped, position.target!) : Math.max(slipped, position.target!);
    const count = Math.abs(position.shares);
    const value = count * price;
    if (this.#isShort) this.#cash -= value + value * this.#fee;
    else this.#cash += value - value * this.#fee;
    position.costs += value * this.#fee + count * Math.abs(price - reference);
    this.#close(position, t, { price, reason });
  }

  #end(position: Position, t: number, reason: ExitReason): void {
    this.#cash += position.shares * position.mark;
    this.#close(position, t, { price: position.mark, reason });
  }

  #close({ entry, entryPrice, shares, cashBefore, costs }: Position, t: number, { price, reason }: { price: number; reason: ExitReason }): void {
    const profit = this.#cash - cashBefore;
    this.trades.push({ column: 0, entry, exit: t, entryPrice, exitPrice: price, shares, profit, return: profit / (Math.abs(shares) * entryPrice * (1 + this.#fee)), costs, reason });
    this.#position = null;
  }

  #atClose(position: Position, { close }: Bar, t: number): void {
    const { rules, costs, entries, exits } = this.#input;
    if (isPrice(close)) {
      position.mark = close;
      if (this.#isShort) {
        const due = Math.abs(position.shares) * close * ((costs.borrowFee! / 252) * (t - position.lastFee));
        this.#cash -= due;
        this.borrowed += due;
        position.lastFee = t;
      }
      position.best = this.#isShort ? Math.min(position.best, close) : Math.max(position.best, close);
      const distance = (fraction: number): number => (this.#isShort ? position.best + fraction * position.entryPrice : position.best - fraction * position.entryPrice);
      const level = this.#level(rules.trailing, t, distance);
      if (level !== null && (position.trail === null || (this.#isShort ? level < position.trail : level > position.trail))) position.trail = level;
    }
    if (exits[t] && !entries[t]) position.leaving ??= 'signal';
    if (rules.timeStop !== undefined && t - position.entry + 1 >= rules.timeStop) position.leaving ??= 'time';
  }
}
