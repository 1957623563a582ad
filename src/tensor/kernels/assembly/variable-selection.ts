// The per-variable gated residual networks of variable selection for scalar inputs, and their weighted sum. Rows are taken in tiles that
// stay in cache over all variables. Of a forward pass the gates are kept, as they cost most; the backward pass computes the rest again.
import { addColumns, addNorm, addRows } from './column-sums';
import { keepMask } from './dropout';
import { ADD, BIAS, gemmPacked, pack, SET } from './gemm';
import { across, at, clear, cropRows, elu4, firstLanes, floats, madd, ONE, padded, padRows, sigmoid4, table } from './vector';

const ROWS = 64;

/** Floats to work in for `variables` of width d; `hasHidden`: with a second dense layer of its own. */
export function selectionScratch(variables: i32, d: i32, hasHidden: bool): i32 {
  const p = padded(d);
  const weights = variables * p * p * (hasHidden ? 6 : 4);
  // what belongs to a variable: 8 rows of parameters and 8 of sums, two more with a layer of its own; products of gates and layer
  const each = 16 * p + 2 * p * p + (hasHidden ? 2 * p + p * p : 0);
  return 64 + weights + variables * each + ROWS * p * 9 + ROWS * 4 + 64;
}

/** Floats that the last call has worked in; tests compare it with what was asked for. */
export function selectionUsed(): i32 {
  return <i32>((free - spare) >> 2);
}

let variables: i32, n: i32, d: i32, p: i32;
let spare: usize, forwardZ: usize, backwardZ: usize, forwardH: usize, backwardH: usize;
let skipScale: usize, skipShift: usize, scale: usize, shift: usize, biasH: usize, biasZ: usize, gamma: usize, beta: usize;
let activated: usize, hidden: usize, gates: usize, normal: usize, inverse: usize, free: usize;
let seed: i32, threshold: u32, keepScale: f32;

function take(count: i32): usize {
  const given = free;
  free += floats((count + 3) & ~3);
  return given;
}

/** Rows [variables, d], padded. */
function takeRows(from: usize, width: i32, rows: i32): usize {
  const to = take(rows * padded(width));
  padRows(from, to, rows, width, padded(width));
  return to;
}

/** Packs weights of every variable, as they stand and turned; gates [variables, d, 2 d] get their halves padded one by one. */
function packAll(hiddenWeights: usize, gateWeights: usize, isBackward: bool): void {
  const row = floats(2 * d);
  forwardZ = take(variables * p * 2 * p);
  if (isBackward) backwardZ = take(variables * 2 * p * p);
  if (hiddenWeights) {
    forwardH = take(variables * p * p);
    if (isBackward) backwardH = take(variables * p * p);
  }
  for (let v = 0; v < variables; v++) {
    const from = gateWeights + floats(v * d * 2 * d);
    const to = forwardZ + floats(v * p * 2 * p);
    pack(from, row, 4, d, d, to);
    pack(from + floats(d), row, 4, d, d, to + floats(d * p));
    if (isBackward) {
      // [2 p, d]: the rows of padding between the halves stay zero, a panel after the other
      const turned = backwardZ + floats(v * 2 * p * p);
      clear(turned, 2 * p * p);
      for (let j = 0; j < d; j += 8) {
        const columns = min(8, d - j);
        const panel = turned + floats(2 * p * j);
        pack(from + <usize>j * row, 4, row, d, columns, panel);
        pack(from + <usize>j * row + floats(d), 4, row, d, columns, panel + floats(p * 8));
      }
    }
    if (hiddenWeights) {
      const own = hiddenWeights + floats(v * d * d);
      pack(own, floats(d), 4, d, d, forwardH + floats(v * p * p));
      if (isBackward) pack(own, 4, floats(d), d, d, backwardH + floats(v * p * p));
    }
  }
}

/** Floats of the gates (value | sigmoid) that are kept of a forward pass. */
export function selectionGates(rows: i32, variables_: i32, width: i32): i32 {
  return rows * variables_ * 2 * padded(width);
}

// @ts-ignore: decorator
@inline
function gatesOf(kept: usize, v: i32, first: i32, rows: i32): usize {
  return kept + floats((first * variables + v * rows) * 2 * p);
}

/** Of one variable and tile: activations, gates (value | sigmoid) where `gates` points to, the normalised sum, 1 / deviation; `hasGates`: they are there already. */
function forwardTile(x: usize, v: i32, first: i32, rows: i32, hasHidden: bool, hasGates: bool): void {
  const c = table;
  const o = floats(v * p);
  const stride = floats(p);
  for (let r = 0; r < rows; r++) {
    const xr = v128.load32_splat(x + floats(r));
    const to = activated + <usize>r * stride;
    for (let j: usize = 0; j < stride; j += 16) v128.store(to + j, elu4(madd(xr, at(scale + o + j), at(shift + o + j)), c));
  }
  let input = activated;
  if (hasHidden) {
    gemmPacked(activated, stride, false, forwardH + floats(v * p * p), hidden, stride, rows, p, d, BIAS, biasH + o, spare);
    if (threshold) dropRows(hidden, v, first, rows);
    input = hidden;
  }
  if (!hasGates) gemmPacked(input, stride, false, forwardZ + floats(v * p * 2 * p), gates, stride << 1, rows, 2 * p, d, BIAS, biasZ + (o << 1), spare);
  // in passes over the tile, so that the sums across a row, which must wait for each other, overlap with those of other rows
  const end = floats((d + 3) & ~3);
  for (let r = 0; r < rows; r++) {
    const xr = v128.load32_splat(x + floats(r));
    const value = gates + ((<usize>r * stride) << 1);
    const gate = value + stride;
    const to = normal + <usize>r * stride;
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < end; j += 16) {
      let s = at(gate + j);
      if (!hasGates) {
        s = sigmoid4(s, c);
        v128.store(gate + j, s);
      }
      const y = madd(at(value + j), s, madd(xr, at(skipScale + o + j), at(skipShift + o + j)));
      v128.store(to + j, y);
      sum = f32x4.add(sum, y);
    }
    f32.store(inverse + floats(r), across(sum));
  }
  centre(rows);
}

/** Takes the mean off each row of the tile and leaves 1 / deviation beside it. */
function centre(rows: i32): void {
  const stride = floats(p);
  const last = firstLanes(d & 3 ? d & 3 : 4);
  const lastBlock = floats((d - 1) & ~3);
  const share: f32 = <f32>1 / <f32>d;
  for (let r = 0; r < rows; r++) {
    const to = normal + <usize>r * stride;
    const mean = f32x4.splat(f32.load(inverse + floats(r)) * share);
    let squares = f32x4.splat(0);
    for (let j: usize = 0; j < lastBlock; j += 16) {
      const y = f32x4.sub(at(to + j), mean);
      v128.store(to + j, y);
      squares = madd(y, y, squares);
    }
    const y = v128.and(f32x4.sub(at(to + lastBlock), mean), last);
    v128.store(to + lastBlock, y);
    squares = madd(y, y, squares);
    f32.store(inverse + floats(r), <f32>1 / sqrt<f32>(across(squares) * share + <f32>1e-5));
  }
}

/** Drops and scales values of a tile [rows, p]; the element (variable, row, column) of [variables, n, d] has the same fate in every pass. */
function dropRows(tile: usize, v: i32, first: i32, rows: i32): void {
  const by = f32x4.splat(keepScale);
  for (let r = 0; r < rows; r++) {
    const index = (v * n + first + r) * d;
    const row = tile + floats(r * p);
    for (let j = 0; j < d; j += 4) {
      const kept = f32x4.mul(at(row + floats(j)), by);
      v128.store(row + floats(j), v128.and(kept, keepMask(index + j, seed, threshold)));
    }
  }
}

function start(isBackward: bool, scratch: usize, skipScale_: usize, skipShift_: usize, scale_: usize, shift_: usize, hiddenWeights: usize, biasH_: usize, gateWeights: usize, biasZ_: usize, gamma_: usize, beta_: usize): void {
  spare = scratch;
  free = scratch + 256;
  skipScale = takeRows(skipScale_, d, variables);
  skipShift = takeRows(skipShift_, d, variables);
  scale = takeRows(scale_, d, variables);
  shift = takeRows(shift_, d, variables);
  gamma = takeRows(gamma_, d, variables);
  beta = takeRows(beta_, d, variables);
  biasZ = takeRows(biasZ_, d, 2 * variables);
  if (hiddenWeights) biasH = takeRows(biasH_, d, variables);
  packAll(hiddenWeights, gateWeights, isBackward);
  activated = take(ROWS * p);
  hidden = take(ROWS * p);
  normal = take(ROWS * p);
  clear(normal, ROWS * p);
  inverse = take(ROWS);
}

function setSizes(n_: i32, variables_: i32, d_: i32, seed_: i32, threshold_: u32, keepScale_: f32): void {
  n = n_;
  variables = variables_;
  d = d_;
  p = padded(d_);
  seed = seed_;
  threshold = threshold_;
  keepScale = keepScale_;
}

/**
 * out [n, d] = sum over v of weights [n, v] norm(x_v skipScale_v + skipShift_v + value sigmoid(gate)), value | gate = h gateWeights_v + biasZ_v,
 * h = elu(x_v scale_v + shift_v), or dropout(h hiddenWeights_v + biasH_v) of that where there are hidden weights; x [variables, n].
 */
export function selectionForward(x: usize, weights: usize, skipScale_: usize, skipShift_: usize, scale_: usize, shift_: usize, hiddenWeights: usize, biasH_: usize, gateWeights: usize, biasZ_: usize, gamma_: usize, beta_: usize, out: usize, kept: usize, n_: i32, variables_: i32, d_: i32, seed_: i32, threshold_: u32, keepScale_: f32, scratch: usize): void {
  setSizes(n_, variables_, d_, seed_, threshold_, keepScale_);
  start(false, scratch, skipScale_, skipShift_, scale_, shift_, hiddenWeights, biasH_, gateWeights, biasZ_, gamma_, beta_);
  const stride = floats(p);
  const sums = take(ROWS * p);
  for (let first = 0; first < n; first += ROWS) {
    const rows = min(ROWS, n - first);
    clear(sums, rows * p);
    for (let v = 0; v < variables; v++) {
      const o = floats(v * p);
      gates = gatesOf(kept, v, first, rows);
      forwardTile(x + floats(v * n + first), v, first, rows, hiddenWeights !== 0, false);
      for (let r = 0; r < rows; r++) {
        const weight = v128.load32_splat(weights + floats((first + r) * variables + v));
        const scaled = v128.load32_splat(inverse + floats(r));
        const to = sums + <usize>r * stride;
        const from = normal + <usize>r * stride;
        for (let j: usize = 0; j < stride; j += 16) v128.store(to + j, madd(weight, madd(f32x4.mul(at(from + j), scaled), at(gamma + o + j), at(beta + o + j)), at(to + j)));
      }
    }
    cropRows(sums, out + floats(first * d), rows, d, p);
  }
}

/**
 * Gradients of `selectionForward` for a cotangent [n, d]. `dx` [variables, n] may be 0 (not wanted); the others have the shapes of what
 * they belong to.
 */
export function selectionBackward(x: usize, weights: usize, skipScale_: usize, skipShift_: usize, scale_: usize, shift_: usize, hiddenWeights: usize, biasH_: usize, gateWeights: usize, biasZ_: usize, gamma_: usize, beta_: usize, kept: usize, cotangent: usize,
  dx: usize, dWeights: usize, dSkipScale: usize, dSkipShift: usize, dScale: usize, dShift: usize, dHiddenWeights: usize, dBiasH: usize, dGateWeights: usize, dBiasZ: usize, dGamma: usize, dBeta: usize, n_: i32, variables_: i32, d_: i32, seed_: i32, threshold_: u32, keepScale_: f32, scratch: usize): void {
  setSizes(n_, variables_, d_, seed_, threshold_, keepScale_);
  start(true, scratch, skipScale_, skipShift_, scale_, shift_, hiddenWeights, biasH_, gateWeights, biasZ_, gamma_, beta_);
  const stride = floats(p);
  const share: f32 = <f32>1 / <f32>d;
  const vp = variables * p;
  const hasHidden = hiddenWeights !== 0;
  const c = table;
  const given = take(ROWS * p), dSum = take(ROWS * p), dGates = take(ROWS * 2 * p), dInput = take(ROWS * p), packed = take(ROWS * p), factors = take(ROWS), means = take(ROWS), tilts = take(ROWS);
  const sums = take(vp * (hasHidden ? 9 : 8));
  clear(sums, vp * (hasHidden ? 9 : 8));
  const sGamma = sums, sBeta = sums + floats(vp), sSkipScale = sums + floats(2 * vp), sSkipShift = sums + floats(3 * vp), sScale = sums + floats(4 * vp), sShift = sums + floats(5 * vp), sBiasZ = sums + floats(6 * vp), sBiasH = sums + floats(8 * vp);
  // turned: [2 p, p] of each variable, as the activations are the smaller side to pack
  const sGates = take(vp * 2 * p);
  clear(sGates, vp * 2 * p);
  const sHidden = hasHidden ? take(vp * p) : 0;
  if (hasHidden) clear(sHidden, vp * p);
  for (let first = 0; first < n; first += ROWS) {
    const rows = min(ROWS, n - first);
    padRows(cotangent + floats(first * d), given, rows, d, p);
    for (let v = 0; v < variables; v++) {
      const o = floats(v * p);
      const xv = x + floats(v * n + first);
      gates = gatesOf(kept, v, first, rows);
      forwardTile(xv, v, first, rows, hasHidden, true);
      for (let r = 0; r < rows; r++) {
        const row = <usize>r * stride;
        const weight = v128.load32_splat(weights + floats((first + r) * variables + v));
        const by = v128.load32_splat(inverse + floats(r));
        v128.store32_lane(factors + floats(r), weight, 0);
        let dot = f32x4.splat(0), m1 = dot, m2 = dot;
        for (let j: usize = 0; j < stride; j += 16) {
          const g = at(given + row + j), h = f32x4.mul(at(normal + row + j), by), scaled = at(gamma + o + j);
          v128.store(normal + row + j, h);
          dot = madd(g, madd(h, scaled, at(beta + o + j)), dot);
          const e = f32x4.mul(f32x4.mul(weight, g), scaled);
          v128.store(dSum + row + j, e);
          m1 = f32x4.add(m1, e);
          m2 = madd(e, h, m2);
        }
        f32.store(dWeights + floats((first + r) * variables + v), across(dot));
        f32.store(means + floats(r), across(m1) * share);
        f32.store(tilts + floats(r), across(m2) * share);
      }
      for (let r = 0; r < rows; r++) {
        const row = <usize>r * stride;
        const by = v128.load32_splat(inverse + floats(r)), mean = v128.load32_splat(means + floats(r)), tilt = v128.load32_splat(tilts + floats(r));
        const value = gates + (row << 1), gate = value + stride, dValue = dGates + (row << 1), dGate = dValue + stride;
        for (let j: usize = 0; j < stride; j += 16) {
          const s = at(gate + j);
          const dy = f32x4.mul(by, f32x4.sub(f32x4.sub(at(dSum + row + j), mean), f32x4.mul(at(normal + row + j), tilt)));
          const open = f32x4.mul(dy, s);
          v128.store(dSum + row + j, dy);
          v128.store(dValue + j, open);
          v128.store(dGate + j, f32x4.mul(f32x4.mul(open, at(value + j)), f32x4.sub(v128.load(c, ONE), s)));
        }
      }
      addNorm(given, normal, p, rows, factors, sGamma + o, sBeta + o);
      addColumns(dSum, p, rows, xv, sSkipScale + o, sSkipShift + o);
      addRows(dGates, 2 * p, rows, sBiasZ + (o << 1));
      const input = hasHidden ? hidden : activated;
      pack(input, stride, 4, rows, p, packed);
      gemmPacked(dGates, stride << 1, true, packed, sGates + floats(v * 2 * p * p), stride, 2 * p, p, rows, ADD, 0, spare);
      gemmPacked(dGates, stride << 1, false, backwardZ + floats(v * 2 * p * p), dInput, stride, rows, p, 2 * p, SET, 0, spare);
      if (hasHidden) {
        if (threshold) dropRows(dInput, v, first, rows);
        addRows(dInput, p, rows, sBiasH + o);
        pack(activated, stride, 4, rows, p, packed);
        gemmPacked(dInput, stride, true, packed, sHidden + floats(v * p * p), stride, p, p, rows, ADD, 0, spare);
        // `hidden` is free again
        gemmPacked(dInput, stride, false, backwardH + floats(v * p * p), hidden, stride, rows, p, d, SET, 0, spare);
        memory.copy(dInput, hidden, floats(rows * p));
      }
      for (let j: usize = 0; j < floats(rows * p); j += 16) {
        const a = at(activated + j), e = at(dInput + j);
        v128.store(dInput + j, v128.bitselect(e, madd(e, a, e), f32x4.gt(a, f32x4.splat(0))));
      }
      addColumns(dInput, p, rows, xv, sScale + o, sShift + o);
      if (dx) {
        for (let r = 0; r < rows; r++) {
          const row = <usize>r * stride;
          let sum = f32x4.splat(0);
          for (let j: usize = 0; j < stride; j += 16) sum = madd(at(dSum + row + j), at(skipScale + o + j), madd(at(dInput + row + j), at(scale + o + j), sum));
          f32.store(dx + floats(v * n + first + r), across(sum));
        }
      }
    }
  }
  cropRows(sGamma, dGamma, variables, d, p);
  cropRows(sBeta, dBeta, variables, d, p);
  cropRows(sSkipScale, dSkipScale, variables, d, p);
  cropRows(sSkipShift, dSkipShift, variables, d, p);
  cropRows(sScale, dScale, variables, d, p);
  cropRows(sShift, dShift, variables, d, p);
  cropRows(sBiasZ, dBiasZ, 2 * variables, d, p);
  for (let v = 0; v < variables; v++) {
    const from = sGates + floats(v * 2 * p * p);
    const to = dGateWeights + floats(v * d * 2 * d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        f32.store(to + floats(i * 2 * d + j), f32.load(from + floats(j * p + i)));
        f32.store(to + floats(i * 2 * d + d + j), f32.load(from + floats((p + j) * p + i)));
      }
    }
    if (hasHidden) {
      const own = sHidden + floats(v * p * p);
      for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) f32.store(dHiddenWeights + floats((v * d + i) * d + j), f32.load(own + floats(j * p + i)));
    }
  }
  if (hasHidden) cropRows(sBiasH, dBiasH, variables, d, p);
}
