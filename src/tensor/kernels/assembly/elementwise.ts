// Functions of each element; the last one to three go through a vector of their own, so nothing beyond the end is read or written.
import { at, elu4, exp4, HIGHEST, loadPart, LOWEST, madd, sigmoid4, storePart, table, tanh4 } from './vector';

/** exp; beyond the range of single precision 0 and infinity. */
// @ts-ignore: decorator
@inline
function wholeExp(x: v128, c: usize): v128 {
  const high = v128.bitselect(f32x4.splat(Infinity), exp4(x, c), f32x4.gt(x, v128.load(c, HIGHEST)));
  return v128.bitselect(f32x4.splat(0), high, f32x4.lt(x, v128.load(c, LOWEST)));
}

export function exp(x: usize, y: usize, count: i32): void {
  const c = table;
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, wholeExp(at(x), c));
  if (count & 3) storePart(y, wholeExp(loadPart(x, count & 3), c), count & 3);
}

export function tanh(x: usize, y: usize, count: i32): void {
  const c = table;
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, tanh4(at(x), c));
  if (count & 3) storePart(y, tanh4(loadPart(x, count & 3), c), count & 3);
}

export function sigmoid(x: usize, y: usize, count: i32): void {
  const c = table;
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, sigmoid4(at(x), c));
  if (count & 3) storePart(y, sigmoid4(loadPart(x, count & 3), c), count & 3);
}

export function elu(x: usize, y: usize, count: i32): void {
  const c = table;
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, elu4(at(x), c));
  if (count & 3) storePart(y, elu4(loadPart(x, count & 3), c), count & 3);
}

/** Gradient of elu by its result: dy where y is positive, else dy (y + 1). */
export function eluGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const end = dy + (<usize>(count & ~3) << 2);
  for (; dy < end; dy += 16, y += 16, dx += 16) v128.store(dx, v128.bitselect(at(dy), madd(at(dy), at(y), at(dy)), f32x4.gt(at(y), zero)));
  if (count & 3) {
    const d = loadPart(dy, count & 3), v = loadPart(y, count & 3);
    storePart(dx, v128.bitselect(d, madd(d, v, d), f32x4.gt(v, zero)), count & 3);
  }
}
