// Four-lane single precision arithmetic that the kernels are made of. All pointers are byte addresses in the linear memory of TensorFlow.js.

/** x y + z, rounded once where the processor can: the same on one machine, not on all. */
// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  return f32x4.relaxed_madd(x, y, z);
}

/** Bytes of so many floats. */
// @ts-ignore: decorator
@inline
export function floats(count: i32): usize {
  return <usize>count << 2;
}

/** First four floats at an address. */
// @ts-ignore: decorator
@inline
export function at(address: usize): v128 {
  return v128.load(address);
}

// The engine makes a vector constant anew wherever it is used, inside loops as well, which costs more than the arithmetic: they are read
// from a table in memory instead. Offsets in bytes.
export const HIGHEST: usize = 0;
export const LOWEST: usize = 16;
const LOG2_E: usize = 32;
const ROUNDING: usize = 48;
const EXP_5: usize = 64;
const EXP_4: usize = 80;
const EXP_3: usize = 96;
const EXP_2: usize = 112;
const EXP_1: usize = 128;
export const ONE: usize = 144;
const TWO: usize = 160;
const MINUS_TWO: usize = 176;
const SMALL: usize = 192;
const TANH_9: usize = 208;
const TANH_7: usize = 224;
const TANH_5: usize = 240;
const TANH_3: usize = 256;
const TANH_1: usize = 272;
const MINUS_LOG2_E: usize = 288;
const MINUS_LOWEST: usize = 304;

/** Address of the table; functions take it into a local before their loops. */
export let table: usize = 0;

/** Writes the table: 320 bytes at an address that stays ours. */
export function setTable(address: usize): void {
  table = address;
  v128.store(address, f32x4.splat(88.37626), HIGHEST);
  v128.store(address, f32x4.splat(-87), LOWEST);
  v128.store(address, f32x4.splat(1.44269504), LOG2_E);
  v128.store(address, f32x4.splat(12582912), ROUNDING);
  // 2^r on [-1/2, 1/2] with the least relative error, 9e-8, and 1 at 0
  v128.store(address, f32x4.splat(1.326472731307149e-3), EXP_5);
  v128.store(address, f32x4.splat(9.671512991189957e-3), EXP_4);
  v128.store(address, f32x4.splat(5.550733581185341e-2), EXP_3);
  v128.store(address, f32x4.splat(2.402224242687225e-1), EXP_2);
  v128.store(address, f32x4.splat(6.931470036506653e-1), EXP_1);
  v128.store(address, f32x4.splat(1), ONE);
  v128.store(address, f32x4.splat(2), TWO);
  v128.store(address, f32x4.splat(-2), MINUS_TWO);
  v128.store(address, f32x4.splat(-1.44269504), MINUS_LOG2_E);
  v128.store(address, f32x4.splat(87), MINUS_LOWEST);
  // tanh below 0.625 (coefficients: Moshier, Cephes)
  v128.store(address, f32x4.splat(0.625), SMALL);
  v128.store(address, f32x4.splat(-5.70498872745e-3), TANH_9);
  v128.store(address, f32x4.splat(2.06390887954e-2), TANH_7);
  v128.store(address, f32x4.splat(-5.37397155531e-2), TANH_5);
  v128.store(address, f32x4.splat(1.33314422036e-1), TANH_3);
  v128.store(address, f32x4.splat(-3.33332819422e-1), TANH_1);
}

/** exp, relative error about 1e-7, the argument taken to be within [-87, 88.37]; c is the table. */
// @ts-ignore: decorator
@inline
export function exp4(given: v128, c: usize): v128 {
  // NaN stays NaN: pmin and pmax answer their first operand unless the second is less or greater
  return power4(f32x4.pmax(f32x4.pmin(given, v128.load(c, HIGHEST)), v128.load(c, LOWEST)), v128.load(c, LOG2_E), c);
}

/** 2^(x by). */
// @ts-ignore: decorator
@inline
function power4(x: v128, by: v128, c: usize): v128 {
  // adding 1.5 2^23 rounds to the nearest whole number, which then stands in the low bits: a power of two is had by moving them
  const shifted = madd(x, by, v128.load(c, ROUNDING));
  const r = madd(x, by, f32x4.sub(v128.load(c, ROUNDING), shifted));
  let p = madd(v128.load(c, EXP_5), r, v128.load(c, EXP_4));
  p = madd(p, r, v128.load(c, EXP_3));
  p = madd(p, r, v128.load(c, EXP_2));
  p = madd(p, r, v128.load(c, EXP_1));
  p = madd(p, r, v128.load(c, ONE));
  return i32x4.add(i32x4.shl(shifted, 23), p);
}

/** 1 / (1 + exp(-x)), the argument taken to be within [-87, 87]. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128, c: usize): v128 {
  const within = f32x4.pmax(f32x4.pmin(x, v128.load(c, MINUS_LOWEST)), v128.load(c, LOWEST));
  return f32x4.div(v128.load(c, ONE), f32x4.add(v128.load(c, ONE), power4(within, v128.load(c, MINUS_LOG2_E), c)));
}

/** tanh as 2 / (1 + exp(-2x)) - 1; near zero, where that loses digits, an odd polynomial. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128, c: usize): v128 {
  const large = f32x4.sub(f32x4.div(v128.load(c, TWO), f32x4.add(v128.load(c, ONE), exp4(f32x4.mul(v128.load(c, MINUS_TWO), x), c))), v128.load(c, ONE));
  const s = f32x4.mul(x, x);
  let p = madd(v128.load(c, TANH_9), s, v128.load(c, TANH_7));
  p = madd(p, s, v128.load(c, TANH_5));
  p = madd(p, s, v128.load(c, TANH_3));
  p = madd(p, s, v128.load(c, TANH_1));
  const small = madd(f32x4.mul(p, s), x, x);
  return v128.bitselect(small, large, f32x4.lt(f32x4.abs(x), v128.load(c, SMALL)));
}

/** x where it is positive, else exp(x) - 1. */
// @ts-ignore: decorator
@inline
export function elu4(x: v128, c: usize): v128 {
  return v128.bitselect(x, f32x4.sub(exp4(x, c), v128.load(c, ONE)), f32x4.gt(x, f32x4.splat(0)));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function across(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Greatest of the four lanes. */
// @ts-ignore: decorator
@inline
export function greatest(v: v128): f32 {
  const pairs = f32x4.max(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** A mask of the first `count` lanes (0 to 4). */
// @ts-ignore: decorator
@inline
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** `count` (1 to 3) floats at an address and zeros behind; reads nothing beyond them. */
// @ts-ignore: decorator
@inline
export function loadPart(address: usize, count: i32): v128 {
  let v = v128.load32_zero(address);
  if (count > 1) v = v128.load32_lane(address, v, 1, 4);
  if (count > 2) v = v128.load32_lane(address, v, 2, 8);
  return v;
}

/** Writes the first `count` (1 to 3) lanes and nothing beyond them. */
// @ts-ignore: decorator
@inline
export function storePart(address: usize, v: v128, count: i32): void {
  v128.store32_lane(address, v, 0);
  if (count > 1) v128.store32_lane(address, v, 1, 4);
  if (count > 2) v128.store32_lane(address, v, 2, 8);
}

/** Sets `count` floats to zero. */
export function clear(address: usize, count: i32): void {
  memory.fill(address, 0, <usize>count << 2);
}

/** A count rounded up to a multiple of eight. */
// @ts-ignore: decorator
@inline
export function padded(count: i32): i32 {
  return (count + 7) & ~7;
}

/** Copies rows of `width` floats to rows of `stride` floats, zeros behind. */
export function padRows(from: usize, to: usize, rows: i32, width: i32, stride: i32): void {
  if (width === stride) {
    memory.copy(to, from, <usize>(rows * width) << 2);
    return;
  }
  for (let r = 0; r < rows; r++) {
    memory.copy(to, from, <usize>width << 2);
    memory.fill(to + (<usize>width << 2), 0, <usize>(stride - width) << 2);
    from += <usize>width << 2;
    to += <usize>stride << 2;
  }
}

/** Takes the first `width` floats out of rows of `stride`. */
export function cropRows(from: usize, to: usize, rows: i32, width: i32, stride: i32): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(to, from, <usize>width << 2);
    from += <usize>stride << 2;
    to += <usize>width << 2;
  }
}

/** Copies a row of floats; the engine's own copy is a call, too slow for short rows. */
// @ts-ignore: decorator
@inline
export function copyRow(from: usize, to: usize, count: i32): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) v128.store(to + (<usize>j << 2), v128.load(from + (<usize>j << 2)));
  for (; j < count; j++) f32.store(to + (<usize>j << 2), f32.load(from + (<usize>j << 2)));
}
