// Layer normalisation (Ba, Kiros, Hinton 2016; biased variance, epsilon 1e-5), alone and behind a gated residual: norm(skip + value sigmoid(gate)).
import { across, at, clear, copyRow, firstLanes, floats, madd, ONE, padded, sigmoid4, table } from './vector';

/** Floats to work in. */
export function normScratch(d: i32): i32 {
  return 16 * padded(d);
}

/** Centres and scales a row of `end` bytes (its padding holds zeros) in place; answers 1 / deviation. `tail`: the lanes of the last block that count. */
// @ts-ignore: decorator
@inline
function normalise(row: usize, sum: v128, end: usize, tail: v128, share: f32): f32 {
  const mean = f32x4.splat(across(sum) * share);
  const last = end - 16;
  let squares = f32x4.splat(0);
  for (let j: usize = 0; j < last; j += 16) {
    const y = f32x4.sub(at(row + j), mean);
    v128.store(row + j, y);
    squares = madd(y, y, squares);
  }
  const y = v128.and(f32x4.sub(at(row + last), mean), tail);
  v128.store(row + last, y);
  squares = madd(y, y, squares);
  const one: f32 = <f32>1 / sqrt<f32>(across(squares) * share + <f32>1e-5);
  const by = f32x4.splat(one);
  for (let j: usize = 0; j < end; j += 16) v128.store(row + j, f32x4.mul(at(row + j), by));
  return one;
}

/** Row of the sum that is normalised: x, or skip + value sigmoid(gate) with the sigmoid kept. */
// @ts-ignore: decorator
@inline
function sumOf(row: usize, value: usize, gate: usize, skip: usize, end: usize): v128 {
  const c = table;
  let sum = f32x4.splat(0);
  for (let j: usize = 0; j < end; j += 16) {
    let y = at(skip + j);
    if (value) {
      const s = sigmoid4(at(gate + j), c);
      v128.store(gate + j, s);
      y = madd(at(value + j), s, y);
    }
    v128.store(row + j, y);
    sum = f32x4.add(sum, y);
  }
  return sum;
}

/** y [rows, d] = norm(x) gamma + beta; or, where there are gates [rows, 2 d] (value | gate), of x + value sigmoid(gate). `x` may be 0 (zeros). */
export function normForward(x: usize, gates: usize, gamma: usize, beta: usize, y: usize, rows: i32, width: i32, scratch: usize): void {
  const end = floats((width + 3) & ~3);
  const tail = firstLanes(width & 3 ? width & 3 : 4);
  const share: f32 = <f32>1 / <f32>width;
  const p = floats(padded(width));
  const row = scratch, skip = row + p, value = skip + p, gate = value + p, g = gate + p, b = g + p;
  clear(scratch, <i32>(p >> 2) * 6);
  copyRow(gamma, g, width);
  copyRow(beta, b, width);
  for (let r = 0; r < rows; r++) {
    if (x) copyRow(x + floats(r * width), skip, width);
    if (gates) {
      copyRow(gates + floats(2 * r * width), value, width);
      copyRow(gates + floats((2 * r + 1) * width), gate, width);
    }
    normalise(row, sumOf(row, gates ? value : 0, gate, skip, end), end, tail, share);
    for (let j: usize = 0; j < end; j += 16) v128.store(row + j, madd(at(row + j), at(g + j), at(b + j)));
    copyRow(row, y + floats(r * width), width);
  }
}

/** Gradients of `normForward` for a cotangent [rows, d]; the sums are computed again. `dx` and `dGates` may be 0 (not wanted). */
export function normBackward(x: usize, gates: usize, gamma: usize, dy: usize, dx: usize, dGates: usize, dGamma: usize, dBeta: usize, rows: i32, width: i32, scratch: usize): void {
  const end = floats((width + 3) & ~3);
  const tail = firstLanes(width & 3 ? width & 3 : 4);
  const share: f32 = <f32>1 / <f32>width;
  const p = floats(padded(width));
  const row = scratch, skip = row + p, value = skip + p, gate = value + p, g = gate + p, given = g + p, sGamma = given + p, sBeta = sGamma + p, dValue = sBeta + p, dGate = dValue + p;
  const c = table;
  clear(scratch, <i32>(p >> 2) * 10);
  copyRow(gamma, g, width);
  for (let r = 0; r < rows; r++) {
    if (x) copyRow(x + floats(r * width), skip, width);
    if (gates) {
      copyRow(gates + floats(2 * r * width), value, width);
      copyRow(gates + floats((2 * r + 1) * width), gate, width);
    }
    // the padding must not keep a NaN of the row before
    v128.store(given + end - 16, f32x4.splat(0));
    copyRow(dy + floats(r * width), given, width);
    const by = f32x4.splat(normalise(row, sumOf(row, gates ? value : 0, gate, skip, end), end, tail, share));
    let m1 = f32x4.splat(0), m2 = m1;
    for (let j: usize = 0; j < end; j += 16) {
      const e = at(given + j), h = at(row + j);
      v128.store(sGamma + j, madd(e, h, at(sGamma + j)));
      v128.store(sBeta + j, f32x4.add(e, at(sBeta + j)));
      const scaled = f32x4.mul(e, at(g + j));
      v128.store(given + j, scaled);
      m1 = f32x4.add(m1, scaled);
      m2 = madd(scaled, h, m2);
    }
    const mean = f32x4.splat(across(m1) * share), tilt = f32x4.splat(across(m2) * share);
    for (let j: usize = 0; j < end; j += 16) {
      const e = f32x4.mul(by, f32x4.sub(f32x4.sub(at(given + j), mean), f32x4.mul(at(row + j), tilt)));
      v128.store(given + j, e);
      if (gates) {
        const s = at(gate + j), open = f32x4.mul(e, s);
        v128.store(dValue + j, open);
        v128.store(dGate + j, f32x4.mul(f32x4.mul(open, at(value + j)), f32x4.sub(v128.load(c, ONE), s)));
      }
    }
    if (dx) copyRow(given, dx + floats(r * width), width);
    if (gates && dGates) {
      copyRow(dValue, dGates + floats(2 * r * width), width);
      copyRow(dGate, dGates + floats((2 * r + 1) * width), width);
    }
  }
  copyRow(sGamma, dGamma, width);
  copyRow(sBeta, dBeta, width);
}
