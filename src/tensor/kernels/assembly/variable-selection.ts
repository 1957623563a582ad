// The per-variable gated residual networks of variable selection for scalar inputs, and their weighted sum. Rows are taken in tiles. Of a
// forward pass that has a backward pass the gates are kept, as they cost most, and the rows of a block are taken in the order of their numbers,
// another one for each variable, so that those of a tile lie near each other: see `series`. Without a backward pass they are taken as they
// stand and one by one: what comes of a row does not depend on the others, to the last bit.
import { blockRows } from './blocks';
import { keepMask } from './dropout';
import { BIAS, gemmPacked, pack } from './gemm';
import { asIs, order, orderScratch } from './order';
import { basis, expand, moments, placeSeries, seriesForward, seriesScratch, shorten, TILE } from './series';
import { transposeLast } from './reductions';
import { across, at, clear, cropRows, elu4, firstLanes, floats, madd, padded, padRows, sigmoid4, table } from './vector';

/** Floats to work in for `rows` of `variables` of width d; `hasHidden`: with a second dense layer of its own. */
export function selectionScratch(rows: i32, variables: i32, d: i32, hasHidden: bool): i32 {
  const p = padded(d);
  const weights = variables * p * p * (hasHidden ? 6 : 4);
  // what belongs to a variable: 8 rows of parameters and 8 of sums, two more with a layer of its own; products of gates and layer
  const each = 16 * p + 2 * p * p + (hasHidden ? 2 * p + p * p : 0);
  const block = blockRows(rows);
  return 64 + weights + variables * each + TILE * p * 9 + TILE * 6 + block * (p + 1 + 2 * variables) + orderScratch(block) + seriesScratch(d, 2 * p) + 64;
}

/** Floats that the last call has worked in; tests compare it with what was asked for. */
export function selectionUsed(): i32 {
  return <i32>((free - spare) >> 2);
}

/** Tiles that the last call has taken as a series; tests ask whether there were any. */
export function selectionSeries(): i32 {
  return seriesTiles;
}

let seriesTiles: i32 = 0;
export let variables: i32, n: i32, d: i32, p: i32;
export let spare: usize, forwardZ: usize, backwardZ: usize, forwardH: usize, backwardH: usize;
export let skipScale: usize, skipShift: usize, scale: usize, shift: usize, biasH: usize, biasZ: usize, gamma: usize, beta: usize;
export let activated: usize, hidden: usize, gates: usize, normal: usize, means: usize, inverse: usize, numbers: usize, shares: usize, free: usize;
export let rowsOf: usize, places: usize, hasHidden: bool, isSeries: bool;
export let seed: i32, threshold: u32, keepScale: f32;

export function take(count: i32): usize {
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

/** Floats that are kept of a forward pass: gates (value | sigmoid), and of each row its place, mean and 1 / deviation. */
export function selectionKept(rows: i32, variables_: i32, width: i32): i32 {
  return rows * variables_ * (2 * padded(width) + 3);
}

/** Floats before what is kept of a variable in a block, by each row. */
// @ts-ignore: decorator
@inline
export function keptRow(v: i32, first: i32, count: i32): i32 {
  return first * variables + v * count;
}

/** Points to what is kept of a tile, or to room for it. */
export function openTile(kept: usize, place: i32): void {
  if (!kept) return;
  const all = n * variables;
  gates = kept + floats(place * 2 * p);
  rowsOf = kept + floats(all * 2 * p + place);
  means = kept + floats(all * (2 * p + 1) + place);
  inverse = kept + floats(all * (2 * p + 2) + place);
}

/** Row of the block that a row of the tile is. */
// @ts-ignore: decorator
@inline
export function rowOf(r: i32): i32 {
  return i32.load(rowsOf + floats(r));
}

/** Takes the numbers and selection weights of a tile out of those of its variable in the block. */
export function gather(x: usize, weights: usize, rows: i32): void {
  const places = rowsOf, to = numbers, chosen = shares;
  for (let r = 0; r < rows; r++) {
    const row = i32.load(places + floats(r));
    f32.store(to + floats(r), f32.load(x + floats(row)));
    f32.store(chosen + floats(r), f32.load(weights + floats(row)));
  }
}

/** Reads something of each line of a tile's rows in the block, so that they are on their way into the cache together before they are wanted one after the other. */
export function fetch(block: usize, rows: i32): void {
  const stride = floats(p), places = rowsOf;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const row = block + <usize>i32.load(places + floats(r)) * stride;
    for (let o: usize = 0; o < stride; o += 64) sum += i32.load(row + o);
  }
  i32.store(spare, sum);
}

function activate(v: i32, rows: i32): void {
  const c = table;
  const stride = floats(p);
  const scales = scale + floats(v * p), shifts = shift + floats(v * p), own = numbers;
  let to = activated;
  for (let r = 0; r < rows; r++) {
    const xr = v128.load32_splat(own + floats(r));
    for (let j: usize = 0; j < stride; j += 16) v128.store(to + j, elu4(madd(xr, at(scales + j), at(shifts + j)), c));
    to += stride;
  }
}

/** Whether the first layer takes the rows of a tile together; else their activations are found one by one. */
export function chooseForm(v: i32, rows: i32, mayBeSeries: bool): void {
  isSeries = mayBeSeries && expand(numbers, rows, scale + floats(v * p), shift + floats(v * p));
  if (isSeries) seriesTiles++;
  else activate(v, rows);
}

/** The first layer on the activations: `outputs` columns by packed weights of the variable. */
function firstLayer(weights: usize, outputs: i32, bias: usize, to: usize, rows: i32): void {
  if (isSeries) seriesForward(weights, outputs, bias, to, floats(outputs), spare);
  else gemmPacked(activated, floats(p), false, weights, to, floats(outputs), rows, outputs, d, BIAS, bias, spare);
}

export function hiddenLayer(v: i32, first: i32, rows: i32): void {
  firstLayer(forwardH + floats(v * p * p), p, biasH + floats(v * p), hidden, rows);
  if (threshold) dropRows(hidden, v, first, rows);
}

/** Gates of a tile, its centred sums, their means and 1 / deviation. */
function forwardTile(v: i32, first: i32, rows: i32): void {
  const stride = floats(p);
  const weights = forwardZ + floats(v * p * 2 * p), bias = biasZ + floats(v * 2 * p);
  if (isSeries && !hasHidden && (rows & 3) === 0) gatesBySeries(v, rows, shorten(weights, 2 * p, bias, spare));
  else {
    if (hasHidden) {
      hiddenLayer(v, first, rows);
      gemmPacked(hidden, stride, false, weights, gates, stride << 1, rows, 2 * p, d, BIAS, bias, spare);
    } else firstLayer(weights, 2 * p, bias, gates, rows);
    openGates(v, rows);
  }
  centre(rows);
}

/** Sigmoids of a tile's gates, in their place, and the sums that are to be normalised. */
function openGates(v: i32, rows: i32): void {
  const c = table;
  const stride = floats(p);
  const end = floats((d + 3) & ~3);
  const skips = skipScale + floats(v * p), shifts = skipShift + floats(v * p), own = numbers;
  let value = gates, to = normal;
  for (let r = 0; r < rows; r++) {
    const x = v128.load32_splat(own + floats(r));
    for (let j: usize = 0; j < end; j += 16) open(value + j, stride, at(value + j), at(value + stride + j), madd(x, at(skips + j), at(shifts + j)), to + j, c);
    value += stride << 1;
    to += stride;
  }
}

// @ts-ignore: decorator
@inline
function open(at_: usize, stride: usize, value: v128, gate: v128, skip: v128, to: usize, c: usize): void {
  const s = sigmoid4(gate, c);
  v128.store(at_ + stride, s);
  v128.store(to, madd(value, s, skip));
}

/** The same for whole fours of rows, with the product that gives the gates, so that they are written once; the rows of a four share what is read of its factors. */
function gatesBySeries(v: i32, rows: i32, depth: i32): void {
  const c = table;
  const stride = floats(p), row = stride << 1, next = floats(TILE);
  const skips = skipScale + floats(v * p), shifts = skipShift + floats(v * p);
  const factors = moments, last = factors + <usize>depth * row;
  let powers = basis + next, x = numbers, value = gates, to = normal;
  for (let r = 0; r < rows; r += 4) {
    for (let j: usize = 0; j < stride; j += 16) {
      let from = factors + j, power = powers;
      let v0 = at(from), g0 = at(from + stride), v1 = v0, v2 = v0, v3 = v0, g1 = g0, g2 = g0, g3 = g0;
      for (from += row; from < last; from += row) {
        const a = at(from), b = at(from + stride);
        let u = v128.load32_splat(power);
        v0 = madd(u, a, v0);
        g0 = madd(u, b, g0);
        u = v128.load32_splat(power, 4);
        v1 = madd(u, a, v1);
        g1 = madd(u, b, g1);
        u = v128.load32_splat(power, 8);
        v2 = madd(u, a, v2);
        g2 = madd(u, b, g2);
        u = v128.load32_splat(power, 12);
        v3 = madd(u, a, v3);
        g3 = madd(u, b, g3);
        power += next;
      }
      const skip = at(skips + j), shift = at(shifts + j);
      let own = value + j, sum = to + j;
      v128.store(own, v0);
      open(own, stride, v0, g0, madd(v128.load32_splat(x), skip, shift), sum, c);
      own += row;
      sum += stride;
      v128.store(own, v1);
      open(own, stride, v1, g1, madd(v128.load32_splat(x, 4), skip, shift), sum, c);
      own += row;
      sum += stride;
      v128.store(own, v2);
      open(own, stride, v2, g2, madd(v128.load32_splat(x, 8), skip, shift), sum, c);
      own += row;
      sum += stride;
      v128.store(own, v3);
      open(own, stride, v3, g3, madd(v128.load32_splat(x, 12), skip, shift), sum, c);
    }
    powers += 16;
    x += 16;
    value += row << 2;
    to += stride << 2;
  }
}

/** Takes the mean off each row of the tile and finds 1 / deviation; in passes, so that the sums across a row, which must wait for each other, overlap with those of other rows. */
function centre(rows: i32): void {
  const stride = floats(p);
  const last = firstLanes(d & 3 ? d & 3 : 4);
  const lastBlock = floats((d - 1) & ~3);
  const share: f32 = <f32>1 / <f32>d;
  const averages = means, deviations = inverse;
  let to = normal;
  for (let r = 0; r < rows; r++) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j <= lastBlock; j += 16) sum = f32x4.add(sum, at(to + j));
    f32.store(averages + floats(r), across(sum) * share);
    to += stride;
  }
  to = normal;
  for (let r = 0; r < rows; r++) {
    const mean = v128.load32_splat(averages + floats(r));
    let squares = f32x4.splat(0);
    for (let j: usize = 0; j < lastBlock; j += 16) {
      const y = f32x4.sub(at(to + j), mean);
      v128.store(to + j, y);
      squares = madd(y, y, squares);
    }
    const y = v128.and(f32x4.sub(at(to + lastBlock), mean), last);
    v128.store(to + lastBlock, y);
    squares = madd(y, y, squares);
    f32.store(deviations + floats(r), <f32>1 / sqrt<f32>(across(squares) * share + <f32>1e-5));
    to += stride;
  }
}

/** Drops and scales values of a tile [rows, p]; the element (variable, row, column) of [variables, n, d] has the same fate in every pass. */
export function dropRows(tile: usize, v: i32, first: i32, rows: i32): void {
  const by = f32x4.splat(keepScale);
  for (let r = 0; r < rows; r++) {
    const index = (v * n + first + rowOf(r)) * d;
    const row = tile + floats(r * p);
    for (let j = 0; j < d; j += 4) {
      const kept = f32x4.mul(at(row + floats(j)), by);
      v128.store(row + floats(j), v128.and(kept, keepMask(index + j, seed, threshold)));
    }
  }
}

export function start(isBackward: bool, scratch: usize, skipScale_: usize, skipShift_: usize, scale_: usize, shift_: usize, hiddenWeights: usize, biasH_: usize, gateWeights: usize, biasZ_: usize, gamma_: usize, beta_: usize): void {
  spare = scratch;
  free = scratch + 256;
  hasHidden = hiddenWeights !== 0;
  seriesTiles = 0;
  skipScale = takeRows(skipScale_, d, variables);
  skipShift = takeRows(skipShift_, d, variables);
  scale = takeRows(scale_, d, variables);
  shift = takeRows(shift_, d, variables);
  gamma = takeRows(gamma_, d, variables);
  beta = takeRows(beta_, d, variables);
  biasZ = takeRows(biasZ_, d, 2 * variables);
  if (hasHidden) biasH = takeRows(biasH_, d, variables);
  packAll(hiddenWeights, gateWeights, isBackward);
  activated = take(TILE * p);
  hidden = take(TILE * p);
  normal = take(TILE * p);
  clear(normal, TILE * p);
  numbers = take(TILE);
  shares = take(TILE);
  placeSeries(take(seriesScratch(d, 2 * p)), d, 2 * p);
}

export function setSizes(n_: i32, variables_: i32, d_: i32, seed_: i32, threshold_: u32, keepScale_: f32): void {
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
 * h = elu(x_v scale_v + shift_v), or dropout(h hiddenWeights_v + biasH_v) of that where there are hidden weights; x [variables, n]. `kept` is
 * for the backward pass, or 0 where there is none.
 */
export function selectionForward(x: usize, weights: usize, skipScale_: usize, skipShift_: usize, scale_: usize, shift_: usize, hiddenWeights: usize, biasH_: usize, gateWeights: usize, biasZ_: usize, gamma_: usize, beta_: usize, out: usize, kept: usize, n_: i32, variables_: i32, d_: i32, seed_: i32, threshold_: u32, keepScale_: f32, scratch: usize): void {
  setSizes(n_, variables_, d_, seed_, threshold_, keepScale_);
  start(false, scratch, skipScale_, skipShift_, scale_, shift_, hiddenWeights, biasH_, gateWeights, biasZ_, gamma_, beta_);
  const block = blockRows(n);
  const sums = take(block * p), turned = take(variables * block), ordering = take(orderScratch(block));
  if (!kept) {
    gates = take(TILE * 2 * p);
    means = take(TILE);
    inverse = take(TILE);
    places = take(block);
    asIs(block, places);
  }
  for (let first = 0; first < n; first += block) {
    const count = min(block, n - first);
    clear(sums, count * p);
    transposeLast(weights + floats(first * variables), turned, 1, count, variables);
    for (let v = 0; v < variables; v++) {
      const place = keptRow(v, first, count);
      const xv = x + floats(v * n + first);
      if (kept) {
        openTile(kept, place);
        order(xv, count, rowsOf, ordering);
      }
      for (let tile = 0; tile < count; tile += TILE) {
        const rows = min(TILE, count - tile);
        if (kept) openTile(kept, place + tile);
        else rowsOf = places + floats(tile);
        gather(xv, turned + floats(v * count), rows);
        chooseForm(v, rows, kept !== 0);
        forwardTile(v, first, rows);
        addWeighted(v, rows, sums);
      }
    }
    cropRows(sums, out + floats(first * d), count, d, p);
  }
}

/** Adds the rows of a tile, scaled, shifted and weighted, to those of the block. */
function addWeighted(v: i32, rows: i32, sums: usize): void {
  const stride = floats(p);
  const scales = gamma + floats(v * p), shifts = beta + floats(v * p);
  const places = rowsOf, weights = shares, deviations = inverse;
  let from = normal;
  fetch(sums, rows);
  for (let r = 0; r < rows; r++) {
    const share = v128.load32_splat(weights + floats(r));
    const by = v128.load32_splat(deviations + floats(r));
    const to = sums + <usize>i32.load(places + floats(r)) * stride;
    for (let j: usize = 0; j < stride; j += 32) {
      const y0 = madd(f32x4.mul(at(from + j), by), at(scales + j), at(shifts + j));
      const y1 = madd(f32x4.mul(v128.load(from + j, 16), by), v128.load(scales + j, 16), v128.load(shifts + j, 16));
      v128.store(to + j, madd(share, y0, at(to + j)));
      v128.store(to + j, madd(share, y1, v128.load(to + j, 16)), 16);
    }
    from += stride;
  }
}
