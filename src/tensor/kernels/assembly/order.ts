// Puts rows in the order of one number of each: by sign, exponent and the first thirteen bits of the fraction, in two passes of a radix sort.
import { clear, floats } from './vector';

const DIGITS = 2048;

/** Floats that ordering so many rows needs to work in. */
export function orderScratch(rows: i32): i32 {
  return 2 * DIGITS + rows;
}

/** A number's bits such that they grow with it. */
// @ts-ignore: decorator
@inline
function key(address: usize): u32 {
  const bits = i32.load(address);
  return <u32>(bits ^ ((bits >> 31) | <i32>0x80000000));
}

// @ts-ignore: decorator
@inline
function next(counts: usize, digit: u32): i32 {
  const at = counts + (<usize>digit << 2);
  const before = i32.load(at);
  i32.store(at, before + 1);
  return before;
}

function toPlaces(counts: usize): void {
  let sum = 0;
  for (let i = 0; i < DIGITS; i++) {
    const count = i32.load(counts + floats(i));
    i32.store(counts + floats(i), sum);
    sum += count;
  }
}

/** Writes the indices of `rows` numbers, the least first; equal ones keep their order, a NaN stands at either end. */
export function order(x: usize, rows: i32, to: usize, scratch: usize): void {
  const low = scratch, high = low + floats(DIGITS), half = high + floats(DIGITS);
  clear(scratch, 2 * DIGITS);
  for (let r = 0; r < rows; r++) {
    const k = key(x + floats(r));
    next(low, (k >>> 10) & (DIGITS - 1));
    next(high, k >>> 21);
  }
  toPlaces(low);
  toPlaces(high);
  for (let r = 0; r < rows; r++) i32.store(half + floats(next(low, (key(x + floats(r)) >>> 10) & (DIGITS - 1))), r);
  for (let i = 0; i < rows; i++) {
    const r = i32.load(half + floats(i));
    i32.store(to + floats(next(high, key(x + floats(r)) >>> 21)), r);
  }
}

/** Writes 0, 1, 2, …: the order as it is. */
export function asIs(rows: i32, to: usize): void {
  for (let r = 0; r < rows; r++) i32.store(to + floats(r), r);
}
