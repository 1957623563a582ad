// Dropout whose fate of an element follows from its index and a seed alone, so that every pass and every backend drops the same.
import { at, loadPart, storePart } from './vector';

/** Four hashes of index, index + 1, … (mixing by two multiplications, "lowbias32"). */
// @ts-ignore: decorator
@inline
function hash4(index: i32, seed: i32): v128 {
  let x = i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3));
  x = v128.xor(i32x4.mul(x, i32x4.splat(0x9e3779b9)), i32x4.splat(seed));
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** All ones where an element stays: its hash is at or above the threshold (rate 2^32). */
// @ts-ignore: decorator
@inline
export function keepMask(index: i32, seed: i32, threshold: u32): v128 {
  return i32x4.ge_u(hash4(index, seed), i32x4.splat(threshold));
}

/** Factor of one element: `scale` where it stays, else 0. */
// @ts-ignore: decorator
@inline
export function keptScale(index: i32, seed: i32, threshold: u32, scale: f32): f32 {
  return i32x4.extract_lane(keepMask(index, seed, threshold), 0) ? scale : 0;
}

/** y = x by `scale` where it stays, else 0. */
export function dropout(x: usize, y: usize, count: i32, seed: i32, threshold: u32, scale: f32): void {
  const by = f32x4.splat(scale);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(y + (<usize>i << 2), v128.and(f32x4.mul(at(x + (<usize>i << 2)), by), keepMask(i, seed, threshold)));
  }
  if (i < count) storePart(y + (<usize>i << 2), v128.and(f32x4.mul(loadPart(x + (<usize>i << 2), count - i), by), keepMask(i, seed, threshold)), count - i);
}
