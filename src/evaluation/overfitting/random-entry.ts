import type { Rng } from '../../core/rng.js';
import { mean, quantile } from '../../math/stats.js';
import { badTrials } from './trial-returns.js';

/** A long trade from the price of session `entry` to that of `exit`, positions. */
export interface TradeSpan {
  /** Row of the prices. */
  readonly symbol: number;
  readonly entry: number;
  readonly exit: number;
}

export interface RandomEntryOptions {
  /** Prices at which trades fill, [symbol][session], adjusted; NaN where there is none. */
  readonly prices: readonly ArrayLike<number>[];
  /**
   * What chance decides. `selection`: another symbol of the same sessions, so that the market's luck stays and the choice of stocks is
   * judged. `timing`: all trades move by the same number of sessions around the circle, so that they stay as clustered as they were.
   */
  readonly null: 'selection' | 'timing';
  readonly rng: Rng;
  /** Sets of trades drawn, 1,000 unless given. */
  readonly replicates?: number;
}

export interface RandomEntryTest {
  /** Mean gross return of the trades. */
  readonly mean: number;
  /** Mean, middle and 95 % quantile of the random sets' means. */
  readonly expected: { readonly mean: number; readonly median: number; readonly high: number };
  /** Share of random sets at least as good: (1 + their number) / (1 + all that were drawn). */
  readonly pValue: number;
  /** Means of the random sets, ascending. */
  readonly drawn: Float64Array;
}

/**
 * What trades earned, against random ones that are held as long: costs are as high for both, so returns are before them.
 *
 * A random trade without prices is left out of its set, a set without any trade out of the test. Exits of stops and targets are taken by their length only.
 *
 * @returns `null` when there are no trades, or no random ones with prices were drawn
 * @throws InvariantError `BAD_TRIALS` when a trade has no price or does not end after its entry, or the longest leaves no other place
 * @see Aronson (2006), Monte Carlo permutation; p as in Davison and Hinkley (1997), eq. 4.11
 */
export function randomEntryTest(trades: readonly TradeSpan[], options: RandomEntryOptions): RandomEntryTest | null {
  if (trades.length === 0) return null;
  const { prices, rng, replicates = 1000 } = options;
  const own = mean(trades.map((trade, at) => ownReturn(trade, at, prices)));
  requireEqualLengths(prices);
  const draw = (options.null === 'timing' ? timingDraws : selectionDraws)(trades, prices, rng);
  const isPriced = (value: number): boolean => !Number.isNaN(value);
  const drawn = Float64Array.from({ length: replicates }, () => mean(draw().filter(isPriced))).filter(isPriced).sort();
  if (drawn.length === 0) return null;
  // equal sets add up in another order: a difference in the last digits is none
  const good = own - 1e-12 * Math.max(1, Math.abs(own));
  return { mean: own, expected: { mean: mean(drawn), median: quantile(drawn, 0.5), high: quantile(drawn, 0.95) }, pValue: (1 + drawn.filter((value) => value >= good).length) / (1 + drawn.length), drawn };
}

function timingDraws(trades: readonly TradeSpan[], prices: readonly ArrayLike<number>[], rng: Rng): () => number[] {
  // a circle on which the longest trade still ends in time, so that every entry is as likely
  const circle = prices[0].length - trades.reduce((longest, { entry, exit }) => Math.max(longest, exit - entry), 0);
  if (circle < 2) throw badTrials(`expected more sessions than the longest trade and the place it has, found ${prices[0].length}`, 'randomEntryTest', { sessions: prices[0].length });
  return () => {
    const shift = rng.integer(1, circle - 1); // 0 would be the trades themselves, which the p-value counts anyway
    return trades.map(({ symbol, entry, exit }) => {
      const moved = (entry + shift) % circle;
      return spanReturn(prices[symbol], moved, moved + exit - entry);
    });
  };
}

function selectionDraws(trades: readonly TradeSpan[], prices: readonly ArrayLike<number>[], rng: Rng): () => number[] {
  const open = trades.map(({ entry, exit }) => prices.map((series) => spanReturn(series, entry, exit)).filter((value) => !Number.isNaN(value)));
  return () => open.map((returns) => rng.choice(returns));
}

function ownReturn({ symbol, entry, exit }: TradeSpan, at: number, prices: readonly ArrayLike<number>[]): number {
  const value = exit > entry ? spanReturn(prices[symbol] ?? [], entry, exit) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw badTrials(`expected prices at both ends of a trade that ends after its entry, found none from ${entry} to ${exit} of trade ${at}`, 'randomEntryTest', { trade: at, entry, exit });
}

function requireEqualLengths(prices: readonly ArrayLike<number>[]): void {
  const uneven = prices.findIndex((series) => series.length !== prices[0].length);
  if (uneven >= 0) throw badTrials(`expected prices of ${prices[0].length} sessions of each symbol, found ${prices[uneven].length} of symbol ${uneven}`, 'randomEntryTest', { symbol: uneven });
}

function spanReturn(series: ArrayLike<number>, entry: number, exit: number): number {
  return (series[exit] ?? Number.NaN) / (series[entry] ?? Number.NaN) - 1;
}
