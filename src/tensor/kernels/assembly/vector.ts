// Four-lane single precision arithmetic that the kernels are made of. All pointers are byte addresses in the linear memory of TensorFlow.js.

/** x y + z, rounded once where the processor can: the same on one machine, not on all. */
// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  return f32x4.relaxed_madd(x, y, z);
}

/** First four floats at an address. */
// @ts-ignore: decorator
@inline
export function at(address: usize): v128 {
  return v128.load(address);
}

/** exp, relative error about 1e-7 (range reduction by ln 2 in two parts, polynomial of degree 5; coefficients: Moshier, Cephes); the argument is taken to be within [-87, 88]. */
// @ts-ignore: decorator
@inline
export function exp4(given: v128): v128 {
  // pmin and pmax keep NaN of `given` where it is the second operand
  const x = f32x4.pmax(f32x4.pmin(given, f32x4.splat(88)), f32x4.splat(-87));
  // adding 1.5 2^23 rounds to the nearest whole number, which then stands in the low bits
  const shifted = madd(x, f32x4.splat(1.44269504), f32x4.splat(12582912));
  const whole = f32x4.sub(shifted, f32x4.splat(12582912));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(whole, f32x4.splat(0.693359375))), f32x4.mul(whole, f32x4.splat(-2.12194440e-4)));
  let p = madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000)));
}

/** 1 / (1 + exp(-x)). */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** tanh as 2 sigmoid(2x) - 1; near zero, where that loses digits, an odd polynomial. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const large = f32x4.sub(f32x4.div(f32x4.splat(2), f32x4.add(f32x4.splat(1), exp4(f32x4.mul(f32x4.splat(-2), x)))), f32x4.splat(1));
  const s = f32x4.mul(x, x);
  let p = madd(f32x4.splat(-5.70498872745e-3), s, f32x4.splat(2.06390887954e-2));
  p = madd(p, s, f32x4.splat(-5.37397155531e-2));
  p = madd(p, s, f32x4.splat(1.33314422036e-1));
  p = madd(p, s, f32x4.splat(-3.33332819422e-1));
  const small = madd(f32x4.mul(p, s), x, x);
  return v128.bitselect(small, large, f32x4.lt(f32x4.abs(x), f32x4.splat(0.625)));
}

/** x where it is positive, else exp(x) - 1. */
// @ts-ignore: decorator
@inline
export function elu4(x: v128): v128 {
  return v128.bitselect(x, f32x4.sub(exp4(x), f32x4.splat(1)), f32x4.gt(x, f32x4.splat(0)));
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
