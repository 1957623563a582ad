/** From one column to the next, in rows: a block of 1,024 and a cache line, lest all columns fall on the same lines of the cache. */
export const STRIDE: usize = 1032;

/** The columns of a block, one after the other, in the order of `COLUMNS` in block.ts. */
const COLUMNS = memory.data(23 * 1032 * 8, 16);

export const SIGN: usize = 0;
export const SPOT: usize = 1;
export const STRIKE: usize = 2;
export const YEARS: usize = 3;
export const RATE: usize = 4;
export const DIVIDEND_YIELD: usize = 5;
export const VOLATILITY: usize = 6;
export const ASSET_VALUE: usize = 7;
export const STRIKE_VALUE: usize = 8;
export const MONEYNESS: usize = 9;
export const ROOT_YEARS: usize = 10;
export const PER_DEVIATION: usize = 11;
export const FIRST: usize = 12;
export const SECOND: usize = 13;
export const KERNEL: usize = 14;
export const ASSET: usize = 15;
export const CASH: usize = 16;
export const REGULAR: usize = 17;
export const DELTA: usize = 18;
export const GAMMA: usize = 19;
export const VEGA: usize = 20;
export const THETA: usize = 21;
export const RHO: usize = 22;

/** Address of the columns. */
export function columns(): usize {
  return COLUMNS;
}

// @ts-ignore: decorator
@inline
export function read(column: usize, i: usize): v128 {
  return v128.load(COLUMNS + ((column * STRIDE + i) << 3));
}

// @ts-ignore: decorator
@inline
export function write(column: usize, i: usize, values: v128): void {
  v128.store(COLUMNS + ((column * STRIDE + i) << 3), values);
}
