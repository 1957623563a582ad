import { ASSET, ASSET_VALUE, CASH, DIVIDEND_YIELD, FIRST, KERNEL, MONEYNESS, PER_DEVIATION, RATE, read, REGULAR, ROOT_YEARS, SECOND, SIGN, SPOT, STRIKE, STRIKE_VALUE, VOLATILITY, write, YEARS } from './columns';
import { exponential } from './exponential';
import { logarithmOfRatio } from './logarithm';
import { millsAbove, millsBelow } from './mills-ratio';
import { constant, madd } from './vector';

// 1/√2π; ½; −½; 1; least exponent of a density; most growth of a discount; ∞; NaN
const TABLE = memory.data<f64>([0.39894228040143265, 0.5, -0.5, 1, -700, 700, Infinity, NaN]);

/** All ones in the lanes whose option can be valued. */
// @ts-ignore: decorator
@inline
function usable(i: usize, growth: v128, carry: v128): v128 {
  const zero = f64x2.splat(0);
  const limit = constant(TABLE, 5);
  const prices = v128.and(f64x2.gt(read(SPOT, i), zero), f64x2.gt(read(STRIKE, i), zero));
  const others = v128.and(f64x2.ge(read(YEARS, i), zero), f64x2.ge(read(VOLATILITY, i), zero));
  const rates = v128.and(f64x2.lt(f64x2.abs(growth), limit), f64x2.lt(f64x2.abs(carry), limit));
  // what is infinite or NaN leaves NaN by this difference
  const total = f64x2.add(f64x2.add(f64x2.add(read(SPOT, i), read(STRIKE, i)), f64x2.add(read(YEARS, i), read(VOLATILITY, i))), f64x2.add(read(RATE, i), read(DIVIDEND_YIELD, i)));
  return v128.and(v128.and(v128.and(prices, others), rates), f64x2.eq(f64x2.sub(total, total), zero));
}

/** Writes the part of the value that its side of d leaves: the tail itself, or what it leaves of the whole. */
// @ts-ignore: decorator
@inline
function writeShare(column: usize, i: usize, whole: v128, tail: v128, d: v128): void {
  const isOut = f64x2.le(f64x2.mul(read(SIGN, i), d), f64x2.splat(0));
  write(column, i, v128.bitselect(tail, f64x2.sub(whole, tail), isOut));
}

/**
 * All terms of `count` rows from their inputs, see `Terms`; 0 in the column REGULAR for rows without a density, which are left to the caller. Whether there
 * are any. `hasYield` tells that some dividend yield is not 0.
 */
export function terms(count: usize, hasYield: bool): bool {
  let all = i64x2.splat(-1);
  for (let i: usize = 0; i < count; i += 2) {
    const years = read(YEARS, i);
    const growth = f64x2.mul(read(RATE, i), years);
    const carry = f64x2.mul(read(DIVIDEND_YIELD, i), years);
    const spot = v128.bitselect(read(SPOT, i), constant(TABLE, 7), usable(i, growth, carry));
    const strike = read(STRIKE, i);
    // by way of memory: else the compiler would reckon both and choose
    if (hasYield) write(ASSET_VALUE, i, f64x2.mul(spot, exponential(f64x2.neg(carry))));
    else write(ASSET_VALUE, i, spot);
    const assetValue = read(ASSET_VALUE, i);
    const strikeValue = f64x2.mul(strike, exponential(f64x2.neg(growth)));
    const moneyness = f64x2.add(logarithmOfRatio(spot, strike), f64x2.sub(growth, carry));
    const root = f64x2.sqrt(years);
    const deviation = f64x2.mul(read(VOLATILITY, i), root);
    const per = f64x2.div(constant(TABLE, 3), deviation);
    const h = f64x2.mul(moneyness, per);
    const t = f64x2.mul(deviation, constant(TABLE, 1));
    // the same for both d: by it φ(d1) and φ(d2) need one exponential
    const exponent = f64x2.mul(madd(h, h, f64x2.mul(t, t)), constant(TABLE, 2));
    const kernel = f64x2.mul(f64x2.mul(f64x2.sqrt(f64x2.mul(assetValue, strikeValue)), exponential(exponent)), constant(TABLE, 0));
    const first = f64x2.add(h, t);
    const second = f64x2.sub(h, t);
    const regular = v128.and(f64x2.gt(exponent, constant(TABLE, 4)), f64x2.lt(kernel, constant(TABLE, 6)));
    all = v128.and(all, regular);
    write(STRIKE_VALUE, i, strikeValue);
    write(MONEYNESS, i, moneyness);
    write(ROOT_YEARS, i, root);
    write(PER_DEVIATION, i, per);
    write(FIRST, i, first);
    write(SECOND, i, second);
    write(KERNEL, i, kernel);
    write(REGULAR, i, v128.and(regular, constant(TABLE, 3)));
    // both of Mills' ratios by one division
    const belowFirst = millsBelow(f64x2.abs(first));
    const belowSecond = millsBelow(f64x2.abs(second));
    const over = f64x2.div(constant(TABLE, 3), f64x2.mul(belowFirst, belowSecond));
    const ratioFirst = f64x2.mul(f64x2.mul(over, belowSecond), millsAbove(f64x2.abs(first)));
    const ratioSecond = f64x2.mul(f64x2.mul(over, belowFirst), millsAbove(f64x2.abs(second)));
    writeShare(ASSET, i, assetValue, f64x2.mul(kernel, ratioFirst), first);
    writeShare(CASH, i, strikeValue, f64x2.mul(kernel, ratioSecond), second);
  }
  return !i64x2.all_true(all);
}
