// The backward pass of variable selection, tile by tile as the forward pass: see `variable-selection`, whose sizes, parameters and kept gates it reads.
import { addColumns, addProducts, addRows } from './column-sums';
import { blockRows } from './blocks';
import { ADD, gemmPacked, pack, SET } from './gemm';
import { order } from './order';
import { seriesBackward, TILE } from './series';
import { transposeLast } from './reductions';
import { across, at, cropRows, floats, madd, ONE, padRows, table } from './vector';
import { activated, backwardH, backwardZ, beta, chooseForm, d, dropRows, fetch, free, gamma, gates, gather, hasHidden, hidden, hiddenLayer, inverse, isSeries, keptRow, means, n, normal, numbers, openTile, p, rowOf, rowsOf, scale, setSizes, shares, shift, skipScale, skipShift, spare, start, take, threshold, variables } from './variable-selection';

let given: usize, dSum: usize, dGates: usize, dInput: usize, packed: usize, slopes: usize, tilts: usize;
let sGamma: usize, sBeta: usize, sSkipScale: usize, sSkipShift: usize, sScale: usize, sShift: usize, sBiasZ: usize, sBiasH: usize, sGates: usize, sHidden: usize;

/** Room of a backward pass; sums are zero. */
function startBackward(block: i32): void {
  given = take(block * p);
  dSum = take(TILE * p);
  dGates = take(TILE * 2 * p);
  dInput = take(TILE * p);
  packed = take(TILE * 2 * p);
  slopes = take(TILE);
  tilts = take(TILE);
  const vp = variables * p;
  const sums = free;
  sGamma = take(vp);
  sBeta = take(vp);
  sSkipScale = take(vp);
  sSkipShift = take(vp);
  sScale = take(vp);
  sShift = take(vp);
  sBiasZ = take(2 * vp);
  sGates = take(vp * 2 * p);
  if (hasHidden) {
    sBiasH = take(vp);
    sHidden = take(vp * p);
  }
  memory.fill(sums, 0, free - sums);
}

/** Cotangents of the normalised sums of a tile, weighted (to `dSum`), and what the norm needs of them. */
function backThroughNorm(v: i32, rows: i32, dWeights: usize): void {
  const o = floats(v * p);
  const stride = floats(p);
  const share: f32 = <f32>1 / <f32>d;
  const scales = gamma + o, shifts = beta + o, skips = skipScale + o, skipShifts = skipShift + o;
  const places = rowsOf, own = numbers, chosen = shares, averages = means, deviations = inverse, m1s = slopes, m2s = tilts, all = given;
  let value = gates, to = normal, toSum = dSum;
  fetch(given, rows);
  for (let r: usize = 0; r < floats(rows); r += 4) {
    const place = i32.load(places + r);
    const from = all + <usize>place * stride;
    const xr = v128.load32_splat(own + r), weight = v128.load32_splat(chosen + r), mean = v128.load32_splat(averages + r), by = v128.load32_splat(deviations + r);
    const gate = value + stride;
    let dot = f32x4.splat(0), m1 = dot, m2 = dot;
    for (let j: usize = 0; j < stride; j += 16) {
      const y = madd(at(value + j), at(gate + j), madd(xr, at(skips + j), at(skipShifts + j)));
      const h = f32x4.mul(f32x4.sub(y, mean), by);
      const g = at(from + j), scaled = at(scales + j);
      dot = madd(g, madd(h, scaled, at(shifts + j)), dot);
      const e = f32x4.mul(weight, g), es = f32x4.mul(e, scaled);
      v128.store(to + j, h);
      v128.store(toSum + j, e);
      m1 = f32x4.add(m1, es);
      m2 = madd(es, h, m2);
    }
    f32.store(dWeights + floats(place), across(dot));
    f32.store(m1s + r, across(m1) * share);
    f32.store(m2s + r, across(m2) * share);
    value = gate + stride;
    to += stride;
    toSum += stride;
  }
  addProducts(dSum, normal, p, rows, sGamma + o, sBeta + o);
}

/** Cotangents of the sums (`dSum`) and of the gates of a tile: these packed as a product wants them where it is the only one, else row by row. */
function backThroughGates(v: i32, rows: i32): void {
  const c = table;
  const o = floats(v * p);
  const stride = floats(p);
  const isPacked = isSeries && !hasHidden;
  const panel: usize = isPacked ? <usize>rows << 5 : 32, row: usize = isPacked ? 32 : stride << 1, half = (stride >> 5) * panel;
  const scales = gamma + o, deviations = inverse, m1s = slopes, m2s = tilts;
  let value = gates, to = isPacked ? packed : dGates, normals = normal, sums = dSum;
  for (let r: usize = 0; r < floats(rows); r += 4) {
    const by = v128.load32_splat(deviations + r), mean = v128.load32_splat(m1s + r), tilt = v128.load32_splat(m2s + r);
    let dValue = to;
    for (let j: usize = 0; j < stride; j += 32) {
      for (let k: usize = 0; k < 32; k += 16) {
        const s = at(value + stride + j + k), one = v128.load(c, ONE);
        const dy = f32x4.mul(by, f32x4.sub(f32x4.sub(f32x4.mul(at(sums + j + k), at(scales + j + k)), mean), f32x4.mul(at(normals + j + k), tilt)));
        const open = f32x4.mul(dy, s);
        v128.store(sums + j + k, dy);
        v128.store(dValue + k, open);
        v128.store(dValue + half + k, f32x4.mul(f32x4.mul(open, at(value + j + k)), f32x4.sub(one, s)));
      }
      dValue += panel;
    }
    value += stride << 1;
    to += row;
    normals += stride;
    sums += stride;
  }
  addColumns(dSum, p, rows, numbers, sSkipScale + o, sSkipShift + o);
}

/** From a cotangent of the first layer's result (packed as well) to its weights, scale and shift; leaves what `dx` needs in `dInput`. */
function backThroughFirst(cotangent: usize, outputs: i32, v: i32, rows: i32, dLayer: usize, dBias: usize, back: usize, depth: i32): void {
  const o = floats(v * p);
  const stride = floats(p);
  if (isSeries) {
    seriesBackward(packed, outputs, back, depth, dLayer, dBias, sScale + o, sShift + o, spare);
    return;
  }
  addRows(cotangent, outputs, rows, dBias);
  gemmPacked(activated, stride, true, packed, dLayer, floats(outputs), p, outputs, rows, ADD, 0, spare);
  // `hidden` is free again
  gemmPacked(cotangent, floats(outputs), false, back, hidden, stride, rows, p, depth, SET, 0, spare);
  const kept = activated, given = hidden, to = dInput, end = floats(rows * p);
  for (let j: usize = 0; j < end; j += 16) {
    const a = at(kept + j), e = at(given + j);
    v128.store(to + j, v128.bitselect(e, madd(e, a, e), f32x4.gt(a, f32x4.splat(0))));
  }
  addColumns(dInput, p, rows, numbers, sScale + o, sShift + o);
}

function backThroughLayers(v: i32, first: i32, rows: i32): void {
  const stride = floats(p);
  const dLayer = sGates + floats(v * 2 * p * p), dBias = sBiasZ + floats(v * 2 * p), back = backwardZ + floats(v * 2 * p * p);
  if (!isSeries || hasHidden) pack(dGates, stride << 1, 4, rows, 2 * p, packed);
  if (!hasHidden) {
    backThroughFirst(dGates, 2 * p, v, rows, dLayer, dBias, back, 2 * p);
    return;
  }
  addRows(dGates, 2 * p, rows, dBias);
  gemmPacked(hidden, stride, true, packed, dLayer, stride << 1, p, 2 * p, rows, ADD, 0, spare);
  gemmPacked(dGates, stride << 1, false, back, dInput, stride, rows, p, 2 * p, SET, 0, spare);
  if (threshold) dropRows(dInput, v, first, rows);
  pack(dInput, stride, 4, rows, p, packed);
  backThroughFirst(dInput, p, v, rows, sHidden + floats(v * p * p), sBiasH + floats(v * p), backwardH + floats(v * p * p), d);
}

function backToNumbers(v: i32, rows: i32, dx: usize): void {
  const o = floats(v * p);
  const stride = floats(p);
  for (let r = 0; r < rows; r++) {
    const row = <usize>r * stride;
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < stride; j += 16) sum = madd(at(dSum + row + j), at(skipScale + o + j), madd(at(dInput + row + j), at(scale + o + j), sum));
    f32.store(dx + floats(rowOf(r)), across(sum));
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
  const block = blockRows(n);
  startBackward(block);
  // by variable, as the rows of each are taken in an order of their own
  const turned = take(variables * block), dTurned = take(variables * block);
  for (let first = 0; first < n; first += block) {
    const count = min(block, n - first);
    padRows(cotangent + floats(first * d), given, count, d, p);
    transposeLast(weights + floats(first * variables), turned, 1, count, variables);
    for (let v = 0; v < variables; v++) {
      for (let tile = 0; tile < count; tile += TILE) {
        const rows = min(TILE, count - tile);
        openTile(kept, keptRow(v, first, count) + tile);
        gather(x + floats(v * n + first), turned + floats(v * count), rows);
        // a gradient of the numbers wants the cotangents of the activations one by one
        chooseForm(v, rows, !dx);
        if (hasHidden) hiddenLayer(v, first, rows);
        backThroughNorm(v, rows, dTurned + floats(v * count));
        backThroughGates(v, rows);
        backThroughLayers(v, first, rows);
        if (dx) backToNumbers(v, rows, dx + floats(v * n + first));
      }
    }
    transposeLast(dTurned, dWeights + floats(first * variables), 1, variables, count);
  }
  cropRows(sGamma, dGamma, variables, d, p);
  cropRows(sBeta, dBeta, variables, d, p);
  cropRows(sSkipScale, dSkipScale, variables, d, p);
  cropRows(sSkipShift, dSkipShift, variables, d, p);
  cropRows(sScale, dScale, variables, d, p);
  cropRows(sShift, dShift, variables, d, p);
  cropRows(sBiasZ, dBiasZ, 2 * variables, d, p);
  for (let v = 0; v < variables; v++) {
    cropRows(sGates + floats(v * 2 * p * p), dGateWeights + floats(v * d * 2 * d), 2 * d, d, p);
    if (hasHidden) cropRows(sHidden + floats(v * p * p), dHiddenWeights + floats(v * d * d), d, d, p);
  }
  if (hasHidden) cropRows(sBiasH, dBiasH, variables, d, p);
}
