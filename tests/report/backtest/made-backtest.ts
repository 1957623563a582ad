import type { BacktestRun, DecidedOrder, HeldPosition } from '../../../src/backtest/backtest-run.js';
import { figuresOfRun } from '../../../src/backtest/figures-of-run.js';
import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { createRng, type Rng } from '../../../src/core/rng.js';
import type { Fill, FillReason } from '../../../src/portfolio/book.js';
import { toCents, type Cents } from '../../../src/portfolio/cents.js';
import { roundTrips } from '../../../src/portfolio/round-trips.js';
import type { BookEvent } from '../../../src/portfolio/session-market.js';
import type { BacktestReportInput, TradeLevels, TradePrices } from '../../../src/report/backtest/report-input.js';
import { madeLuck } from './made-luck.js';

export interface MadeOptions {
  readonly seed?: number;
  readonly sessions?: number;
  readonly names?: number;
  readonly positions?: number;
}

interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Sessions of prices before the first decision. */
const BEFORE = 30;
const END = isoDate('2019-12-31');
const CASH = 1_000_000;

interface Held {
  readonly symbol: string;
  readonly shares: number;
  readonly entry: number;
  readonly price: number;
  readonly basis: Cents;
  readonly levels: { readonly stop: number; readonly target: number };
}

/** A made-up run of real shape: names bought at random at the open, sold at a stop, a target, or when their time is over; whole shares and cents. */
export class MadeBacktest {
  readonly #rng: Rng;
  readonly #sessions: Int32Array;
  readonly #bars = new Map<string, Bars>();
  readonly #held: Held[] = [];
  readonly #levels = new Map<string, TradeLevels>();
  readonly #fills: Fill[] = [];
  readonly #orders: DecidedOrder[] = [];
  readonly #unfilled: BacktestRun['unfilled'][number][] = [];
  readonly #events: BookEvent[] = [];
  readonly #options: Required<MadeOptions>;
  #cash = CASH * 100;

  constructor(options: MadeOptions = {}) {
    this.#options = { seed: 7, sessions: 756, names: 60, positions: 12, ...options };
    const { seed, sessions, names } = this.#options;
    this.#rng = createRng(seed);
    const first = toEpochDay(XNYS.shift(XNYS.onOrBefore(END), -(sessions + BEFORE - 1)));
    this.#sessions = XNYS.sessionDays(first, toEpochDay(END));
    for (let i = 0; i < names; i++) this.#bars.set(`N${String(i).padStart(3, '0')}`, walk(this.#rng, this.#sessions.length));
  }

  /** The report of the run. */
  input(): BacktestReportInput {
    const run = this.#run();
    const benchmark = { name: 'SPY', returns: this.#market() };
    const riskFree = new Float64Array(run.returns.length).fill(0.00006);
    const figures = figuresOfRun(run, { benchmark: benchmark.returns, riskFree, factors: { market: benchmark.returns }, tradedValue: () => 2e7 });
    return {
      title: 'made-up momentum', describe: 'Buys names at random at the open, and sells them at a stop, at a target, or after ten sessions.',
      run, figures, luck: madeLuck(run, riskFree), benchmark, riskFree, compared: [{ name: 'Equal weight', returns: benchmark.returns.map((value, t) => 0.9 * value + 0.0006 * Math.sin(t)) }],
      params: { top: this.#options.positions, stop: 0.05, rebalance: 'daily' }, seed: 7, experiment: 'made-up', caveats: ['Every price here is made up.', 'The market has no survivors to be biased by.'],
      costsWords: 'A fill pays 5 basis points of its value.', prices: (symbol) => this.#prices(symbol),
      levels: (symbol, session) => this.#levels.get(`${symbol} ${session}`) ?? null, companies: new Map([['N000', 'Northgate & Sons']]), scores: null, generatedBy: 'swinglab 0.1.0',
    };
  }

  #run(): BacktestRun {
    const count = this.#sessions.length - BEFORE;
    const series = (): Float64Array => new Float64Array(count);
    const run = { equity: series(), gross: series(), net: series(), names: series(), turnover: series(), costs: series() };
    run.equity[0] = CASH;
    for (let t = 1; t < count; t++) {
      const fills = this.#fills.length;
      this.#session(BEFORE + t);
      const done = this.#fills.slice(fills);
      const value = this.#held.reduce((sum, { symbol, shares }) => sum + shares * this.#bars.get(symbol)!.close[BEFORE + t], 0);
      run.equity[t] = this.#cash / 100 + value;
      run.gross[t] = run.net[t] = value / run.equity[t];
      run.names[t] = this.#held.length;
      run.turnover[t] = done.reduce((sum, { gross }) => sum + gross / 100, 0) / run.equity[t - 1];
      run.costs[t] = done.reduce((sum, { costs }) => sum + costs, 0);
    }
    const positions = this.#held.map(({ symbol, shares, entry, price }): HeldPosition => ({ symbol, shares, entrySession: this.#dayOf(entry), entryPrice: price, lastPrice: this.#bars.get(symbol)!.close.at(-1)! }));
    return {
      book: 'cash', sessions: this.#sessions.slice(BEFORE), ...run, returns: run.equity.slice(1).map((value, t) => value / run.equity[t] - 1),
      orders: this.#orders, fills: this.#fills, unfilled: this.#unfilled, events: this.#events, positions,
      trades: roundTrips({ fills: this.#fills, expected: () => 0.01 * this.#rng.normal() }),
    };
  }

  /** Sells what has met a level or its time, and buys anew. */
  #session(t: number): void {
    for (const held of [...this.#held]) {
      const { open, high, low } = this.#bars.get(held.symbol)!;
      const { stop, target } = held.levels;
      if (low[t] <= stop) this.#sell(held, t, Math.min(open[t], stop), 'stop');
      else if (high[t] >= target) this.#sell(held, t, Math.max(open[t], target), 'target');
      else if (t - held.entry >= 10) this.#sell(held, t, open[t], 'time');
      else if (t % 200 === 0) this.#sell(held, t, open[t], 'delisted');
    }
    while (this.#held.length < this.#options.positions) {
      const symbol = this.#rng.choice([...this.#bars.keys()].filter((name) => this.#held.every((held) => held.symbol !== name)));
      if (this.#rng.float() < 0.05) return void this.#unfilled.push({ session: this.#dayOf(t), symbol, reason: this.#rng.float() < 0.5 ? `no opening price on ${this.#dayOf(t)}` : `the low of ${(70 * this.#rng.float()).toFixed(2)} on ${this.#dayOf(t)} did not reach the limit of 40.00` });
      this.#buy(symbol, t);
    }
  }

  #buy(symbol: string, t: number): void {
    const reference = this.#bars.get(symbol)!.open[t];
    const price = round(reference * 1.0005);
    const shares = Math.floor((CASH * 0.9) / this.#options.positions / price);
    const gross = toCents(shares * price);
    this.#cash -= gross;
    const levels = { stop: round(price * 0.95), target: round(price * 1.08) };
    this.#held.push({ symbol, shares, entry: t, price, basis: gross, levels });
    this.#levels.set(`${symbol} ${this.#dayOf(t)}`, levels);
    this.#orders.push({ session: this.#dayOf(t - 1), symbol, side: 'buy', shares, kind: 'entry', limit: null, ...levels });
    this.#fills.push(fill({ symbol, side: 'buy', shares, price, reference, session: this.#dayOf(t), reason: 'entry', gross, basis: gross }));
  }

  #sell(held: Held, t: number, reference: number, reason: FillReason): void {
    const { symbol, shares, basis } = held;
    const price = reason === 'delisted' ? reference : round(reference * 0.9995);
    const gross = toCents(shares * price);
    this.#cash += gross;
    this.#held.splice(this.#held.indexOf(held), 1);
    const session = this.#dayOf(t);
    this.#fills.push(fill({ symbol, side: 'sell', shares, price, reference, session, reason, gross, basis }));
    if (reason === 'delisted') this.#events.push({ kind: 'delisted', session, symbol, price, reason: 'no bar for 5 sessions: closed at its last close' });
    else if (reason === 'time' && this.#rng.float() < 0.1) this.#events.push({ kind: 'dividend', session, symbol, exDay: toEpochDay(session), shares, perShare: 0.3, cents: toCents(0.3 * shares) });
  }

  #prices(symbol: string): TradePrices | null {
    const bars = this.#bars.get(symbol);
    return bars ? { sessions: this.#sessions, ...bars, splits: [] } : null;
  }

  #market(): Float64Array {
    const all = [...this.#bars.values()];
    return Float64Array.from({ length: this.#sessions.length - BEFORE - 1 }, (_, t) => all.reduce((sum, { close }) => sum + close[BEFORE + t + 1] / close[BEFORE + t] - 1, 0) / all.length);
  }

  #dayOf(t: number): IsoDate {
    return fromEpochDay(this.#sessions[t]);
  }
}

/** A made-up backtest with its report's input; the same for the same options. */
export const madeBacktest = (options: MadeOptions = {}): BacktestReportInput => new MadeBacktest(options).input();

const round = (price: number): number => Math.round(price * 100) / 100;

function fill(done: Omit<Fill, 'commission' | 'concession' | 'costs'>): Fill {
  const concession = toCents(Math.abs(done.price - done.reference) * done.shares);
  return { ...done, commission: toCents(0), concession, costs: concession / 100 };
}

/** Shares of one market move, calmer and wilder by turns. */
function walk(rng: Rng, count: number): Bars {
  const bars: Bars = { open: new Float64Array(count), high: new Float64Array(count), low: new Float64Array(count), close: new Float64Array(count) };
  let [price, volatility] = [20 + 180 * rng.float(), 0.015];
  for (let t = 0; t < count; t++) {
    volatility = 0.92 * volatility + 0.08 * (0.006 + 0.02 * rng.float());
    const market = 0.0006 + 0.009 * Math.sin(t * 12.9898) * Math.cos(t * 78.233) * (1 + Math.sin(t / 60));
    bars.open[t] = round(price * (1 + 0.4 * volatility * rng.normal()));
    price = Math.max(1, price * (1 + market + volatility * rng.normal()));
    bars.close[t] = round(price);
    bars.high[t] = round(Math.max(bars.open[t], bars.close[t]) * (1 + 0.5 * volatility * rng.float()));
    bars.low[t] = round(Math.min(bars.open[t], bars.close[t]) * (1 - 0.5 * volatility * rng.float()));
  }
  return bars;
}
