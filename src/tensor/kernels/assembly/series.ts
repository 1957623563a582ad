// A dense layer on elu(x s + t), for many units of one number x each, over a tile of numbers that lie near each other. Below zero an activation
// is exp(m s + t) exp((x - m) s) - 1 with m the middle of the tile, and the second factor a power series of few terms; above it is x s + t. All
// units but those that change sides within the tile are thus sums of the same few powers, so the layer's weights are multiplied with the
// coefficients of the powers first (once for a tile) and each row with the powers only. That is how an exponential is computed anyway, a
// middle and a polynomial around it, with one middle for a tile instead of one for each number; it is as exact.
import { ADD, gemmPacked, pack, SET } from './gemm';
import { at, clear, elu4, exp4, floats, greatest, madd, ONE, padded, table } from './vector';

/** Rows of a tile at most. */
export const TILE = 64;
/** Powers and units on their own at most; a multiple of four. */
const MOST = 32;
/** What the terms that are left out may amount to: half of what rounding does. */
const LEFT_OUT: f32 = 3e-8;

/** Floats to work in for layers of `width` units and at most `outputs`. */
export function seriesScratch(width: i32, outputs: i32): i32 {
  const p = padded(width);
  return MOST * (TILE + 2 * p + 2 * outputs) + 3 * p + MOST;
}

let d: i32, p: i32, rows: i32, terms: i32, alone: i32, middle: f32, half: f32;
let numbers: usize, scale: usize, shift: usize;
/** Powers and activations of a tile, rows of `TILE` floats; the first are ones. */
export let basis: usize = 0;
export let moments: usize = 0;
let coefficients: usize, slopes: usize, steps: usize, units: usize, packed: usize, turned: usize;

/** Gives the series room: `seriesScratch` floats. */
export function placeSeries(scratch: usize, width: i32, outputs: i32): void {
  d = width;
  p = padded(width);
  basis = scratch;
  coefficients = basis + floats(MOST * TILE);
  turned = coefficients + floats(MOST * p);
  moments = turned + floats(MOST * p);
  packed = moments + floats(MOST * outputs);
  slopes = packed + floats(MOST * outputs);
  steps = slopes + floats(2 * p);
  units = steps + floats(p);
}

/**
 * Prepares the series of a tile: its numbers (room for `TILE`), and a scale and shift of each unit. False where it would not be worth it, as the
 * numbers lie too far from each other or too many units change sides among them, or where one of them is not finite.
 */
export function expand(x: usize, count: i32, scale_: usize, shift_: usize): bool {
  numbers = x;
  rows = count;
  scale = scale_;
  shift = shift_;
  let lowest = f32.load(x), highest = lowest;
  for (let r = 1; r < count; r++) {
    const one = f32.load(x + floats(r));
    lowest = min<f32>(lowest, one);
    highest = max<f32>(highest, one);
  }
  middle = lowest + (highest - lowest) * <f32>0.5;
  half = highest - middle;
  if (!(half < <f32>1e30)) return false;
  const most = min(MOST, (3 * rows * d) / (2 * rows + 4 * d));
  const reach = sides(lowest, highest, most);
  if (!(reach < <f32>1.2)) return false;
  let left: f32 = reach * reach * <f32>0.5 * (<f32>1 + <f32>2 * reach);
  for (terms = 2; left > LEFT_OUT; terms++) left *= reach / <f32>(terms + 1);
  if (terms + 1 + 3 * alone > most) return false;
  higherTerms();
  powers();
  return true;
}

/** Finds the side of each unit and its first two coefficients; answers how far the series must reach, more than it can where too many units change sides. */
function sides(lowest: f32, highest: f32, most: i32): f32 {
  const c = table;
  const low = f32x4.splat(lowest), high = f32x4.splat(highest), m = f32x4.splat(middle), h = f32x4.splat(half), zero = f32x4.splat(0);
  const row = floats(p);
  let reach = zero;
  alone = 0;
  for (let o: usize = 0; o < row; o += 16) {
    const s = at(scale + o), t = at(shift + o), one = v128.load(c, ONE);
    const a = madd(s, low, t), b = madd(s, high, t);
    const isBelow = f32x4.le(f32x4.max(a, b), zero);
    const isAbove = v128.andnot(f32x4.ge(f32x4.min(a, b), zero), isBelow);
    for (let changing = i32x4.bitmask(v128.not(v128.or(isBelow, isAbove))); changing; changing &= changing - 1) {
      if (3 * alone + 3 > most) return Infinity;
      i32.store(units + floats(alone++), <i32>(o >> 2) + ctz(changing));
    }
    const centre = madd(s, m, t), step = f32x4.mul(s, h), e = v128.and(exp4(centre, c), isBelow);
    v128.store(steps + o, step);
    v128.store(coefficients + o, v128.bitselect(f32x4.sub(e, one), v128.and(centre, isAbove), isBelow));
    v128.store(coefficients + row + o, v128.bitselect(f32x4.mul(e, step), v128.and(step, isAbove), isBelow));
    v128.store(slopes + o, v128.bitselect(e, v128.and(one, isAbove), isBelow));
    v128.store(slopes + row + o, v128.and(f32x4.mul(e, step), isBelow));
    reach = f32x4.max(reach, v128.and(f32x4.abs(step), isBelow));
  }
  return greatest(reach);
}

/** Coefficients of the second power and higher ones, and of units on their own. */
function higherTerms(): void {
  const row = floats(p);
  let before = slopes + row;
  for (let k = 2; k < terms; k++) {
    const to = coefficients + <usize>k * row;
    const part = f32x4.splat(<f32>1 / <f32>k);
    for (let o: usize = 0; o < row; o += 16) v128.store(to + o, f32x4.mul(f32x4.mul(at(before + o), at(steps + o)), part));
    before = to;
  }
  for (let i = 0; i < alone; i++) {
    const to = coefficients + <usize>(terms + i) * row;
    clear(to, p);
    f32.store(to + floats(i32.load(units + floats(i))), 1);
  }
}

// @ts-ignore: decorator
@inline
function basisRow(k: i32): usize {
  return basis + floats(k * TILE);
}

/** Powers of the numbers, taken to be within [-1, 1], and activations of units on their own. */
function powers(): void {
  const c = table;
  const end = floats((rows + 3) & ~3);
  const m = f32x4.splat(middle), by = f32x4.splat(half > <f32>1e-30 ? <f32>1 / half : 0);
  for (let r = rows; r & 3; r++) f32.store(numbers + floats(r), middle);
  for (let o: usize = 0; o < end; o += 16) {
    v128.store(basis + o, v128.load(c, ONE));
    v128.store(basisRow(1) + o, f32x4.mul(f32x4.sub(at(numbers + o), m), by));
  }
  for (let k = 2; k < terms; k++) multiply(basisRow(k - 1), basisRow(1), basisRow(k), end);
  for (let i = 0; i < alone; i++) {
    const unit = floats(i32.load(units + floats(i)));
    const s = v128.load32_splat(scale + unit), t = v128.load32_splat(shift + unit), to = basisRow(terms + i);
    for (let o: usize = 0; o < end; o += 16) v128.store(to + o, elu4(madd(at(numbers + o), s, t), c));
  }
}

function multiply(a: usize, b: usize, to: usize, end: usize): void {
  for (let o: usize = 0; o < end; o += 16) v128.store(to + o, f32x4.mul(at(a + o), at(b + o)));
}

/** Multiplies packed weights [d, outputs] with the coefficients: `moments` [depth, outputs] are what the basis is multiplied with; answers the depth. */
export function shorten(weights: usize, outputs: i32, bias: usize, spare: usize): i32 {
  const row = floats(outputs);
  gemmPacked(coefficients, floats(p), false, weights, moments, row, (terms + 3) & ~3, outputs, d, SET, 0, spare);
  for (let o: usize = 0; o < row; o += 16) v128.store(moments + o, f32x4.add(at(moments + o), at(bias + o)));
  for (let i = 0; i < alone; i++) {
    let from = weights + floats(i32.load(units + floats(i)) * 8), to = moments + <usize>(terms + i) * row;
    for (let j = 0; j < outputs; j += 8, from += floats(8 * d), to += 32) memory.copy(to, from, 32);
  }
  return terms + alone;
}

/** out [rows, outputs] = activations times packed weights [d, outputs] + bias. */
export function seriesForward(weights: usize, outputs: i32, bias: usize, out: usize, stride: usize, spare: usize): void {
  const depth = shorten(weights, outputs, bias, spare);
  pack(moments, floats(outputs), 4, depth, outputs, packed);
  gemmPacked(basis, floats(TILE), true, packed, out, stride, rows, outputs, depth, SET, 0, spare);
}

/**
 * Adds gradients for a packed cotangent [rows, outputs] of what `seriesForward` gives: of weights [p, outputs], bias, scale and shift. `back`: the
 * weights turned and packed, [`depth`, p].
 */
export function seriesBackward(cotangent: usize, outputs: i32, back: usize, depth: i32, dWeights: usize, dBias: usize, dScale: usize, dShift: usize, spare: usize): void {
  const row = floats(outputs), own = terms + alone;
  const all = slopeRows(own);
  gemmPacked(basis, floats(TILE), false, cotangent, moments, row, all, outputs, rows, SET, 0, spare);
  for (let o: usize = 0; o < row; o += 16) v128.store(dBias + o, f32x4.add(at(dBias + o), at(moments + o)));
  pack(moments, row, 4, own, outputs, packed);
  gemmPacked(coefficients, floats(p), true, packed, dWeights, row, p, outputs, own, ADD, 0, spare);
  gemmPacked(moments, row, false, back, turned, floats(p), all, p, depth, SET, 0, spare);
  addSlopes(own, dScale, dShift);
}

/** What only gradients need, below the powers and activations: one more power, slopes of the units on their own and those times x; answers the rows, a multiple of four. */
function slopeRows(own: i32): i32 {
  const end = floats((rows + 3) & ~3);
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  multiply(basisRow(terms - 1), basisRow(1), basisRow(own), end);
  let k = own + 1;
  for (let i = 0; i < alone; i++, k += 2) {
    const from = basisRow(terms + i), to = basisRow(k);
    for (let o: usize = 0; o < end; o += 16) {
      const slope = f32x4.add(f32x4.min(at(from + o), zero), one);
      v128.store(to + o, slope);
      v128.store(to + floats(TILE) + o, f32x4.mul(slope, at(numbers + o)));
    }
  }
  for (; k & 3; k++) clear(basisRow(k), TILE);
  return k;
}

/** Slopes of all units: a power of x - m more for the scale than for the shift. */
function addSlopes(own: i32, dScale: usize, dShift: usize): void {
  const row = floats(p);
  const m = f32x4.splat(middle), h = f32x4.splat(half);
  for (let o: usize = 0; o < row; o += 16) {
    let scales = at(dScale + o), shifts = at(dShift + o), moment = at(turned + o);
    for (let k = 0; k < terms; k++) {
      const higher = at(turned + <usize>(k === terms - 1 ? own : k + 1) * row + o);
      const slope = at((k < 2 ? slopes : coefficients) + <usize>k * row + o);
      shifts = madd(slope, moment, shifts);
      scales = madd(slope, madd(h, higher, f32x4.mul(m, moment)), scales);
      moment = higher;
    }
    v128.store(dScale + o, scales);
    v128.store(dShift + o, shifts);
  }
  for (let i = 0; i < alone; i++) {
    const unit = floats(i32.load(units + floats(i)));
    const from = turned + <usize>(own + 1 + 2 * i) * row + unit;
    f32.store(dShift + unit, f32.load(dShift + unit) + f32.load(from));
    f32.store(dScale + unit, f32.load(dScale + unit) + f32.load(from + row));
  }
}
