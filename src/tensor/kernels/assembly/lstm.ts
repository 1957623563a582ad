// A whole LSTM layer (Hochreiter, Schmidhuber 1997; gates in the order input, forget, cell, output as PyTorch has them). Rows are taken in
// tiles; the input of a step and the state before stand side by side, so that one product does both.
import { ADD, BIAS, gemmPacked, pack, SET } from './gemm';
import { at, clear, copyRow, cropRows, floats, madd, ONE, padded, padRows, sigmoid4, table, tanh4 } from './vector';

const ROWS = 32;

/** Floats of the kept gates [4 p] and cells [p] of every row and step, p being the width rounded up to eight. */
export function lstmGates(batch: i32, time: i32, hidden: i32): i32 {
  return batch * time * 4 * padded(hidden);
}

export function lstmCells(batch: i32, time: i32, hidden: i32): i32 {
  return batch * time * padded(hidden);
}

/** Floats to work in. */
export function lstmScratch(input: i32, hidden: i32): i32 {
  const p = padded(hidden);
  const k = input + hidden;
  return 64 + 4 * (k * 4 * p) + 4 * p * (padded(k) + 4) + ROWS * (2 * padded(k) + 12 * p);
}

/** [input + hidden, 4 p]: both weights below each other, each gate padded. */
function join(w: usize, u: usize, input: i32, hidden: i32, to: usize): void {
  const p = padded(hidden);
  padRows(w, to, 4 * input, hidden, p);
  padRows(u, to + floats(4 * input * p), 4 * hidden, hidden, p);
}

/** h [batch, time, hidden], final cells and state [batch, hidden], kept gates and cells by tile, step and row; initial states may be 0 (zeros). */
export function lstmForward(x: usize, w: usize, u: usize, bias: usize, h0: usize, c0: usize, h: usize, cLast: usize, gates: usize, cells: usize, batch: i32, time: i32, input: i32, hidden: i32, scratch: usize): void {
  const p = padded(hidden);
  const k = input + hidden;
  const stride = floats(p);
  const spare = scratch;
  const joined = scratch + 256, packed = joined + floats(k * 4 * p), biases = packed + floats(k * 4 * p), side = biases + floats(4 * p), cell = side + floats(ROWS * k), state = cell + floats(ROWS * p);
  const c = table;
  join(w, u, input, hidden, joined);
  pack(joined, floats(4 * p), 4, k, 4 * p, packed);
  padRows(bias, biases, 4, hidden, p);
  for (let first = 0; first < batch; first += ROWS) {
    const rows = min(ROWS, batch - first);
    if (c0) padRows(c0 + floats(first * hidden), cell, rows, hidden, p);
    else clear(cell, rows * p);
    for (let r = 0; r < rows; r++) {
      const to = side + floats(r * k + input);
      if (h0) memory.copy(to, h0 + floats((first + r) * hidden), floats(hidden));
      else clear(to, hidden);
    }
    for (let t = 0; t < time; t++) {
      const place = first * time + t * rows;
      const block = gates + floats(place * 4 * p), kept = cells + floats(place * p);
      for (let r = 0; r < rows; r++) copyRow(x + floats(((first + r) * time + t) * input), side + floats(r * k), input);
      gemmPacked(side, floats(k), false, packed, block, stride << 2, rows, 4 * p, k, BIAS, biases, spare);
      for (let r = 0; r < rows; r++) {
        const i = block + ((<usize>r * stride) << 2), f = i + stride, g = f + stride, o = g + stride;
        const own = cell + <usize>r * stride, k_ = kept + <usize>r * stride;
        for (let j: usize = 0; j < stride; j += 16) {
          const iv = sigmoid4(at(i + j), c), fv = sigmoid4(at(f + j), c), gv = tanh4(at(g + j), c), ov = sigmoid4(at(o + j), c);
          const cv = madd(fv, at(own + j), f32x4.mul(iv, gv));
          v128.store(i + j, iv);
          v128.store(f + j, fv);
          v128.store(g + j, gv);
          v128.store(o + j, ov);
          v128.store(own + j, cv);
          v128.store(k_ + j, cv);
          v128.store(state + j, f32x4.mul(ov, tanh4(cv, c)));
        }
        copyRow(state, side + floats(r * k + input), hidden);
        copyRow(state, h + floats(((first + r) * time + t) * hidden), hidden);
      }
    }
    cropRows(cell, cLast + floats(first * hidden), rows, hidden, p);
  }
}

/** Gradients for cotangents of h [batch, time, hidden] and of the final cell [batch, hidden] (0: none). `dx`, `dh0`, `dc0` may be 0 (not wanted). */
export function lstmBackward(x: usize, w: usize, u: usize, h0: usize, c0: usize, h: usize, gates: usize, cells: usize, dh: usize, dcLast: usize, dx: usize, dw: usize, du: usize, db: usize, dh0: usize, dc0: usize, batch: i32, time: i32, input: i32, hidden: i32, scratch: usize): void {
  const p = padded(hidden);
  const k = input + hidden;
  const kp = padded(k);
  const stride = floats(p);
  const spare = scratch;
  const joined = scratch + 256, turned = joined + floats(k * 4 * p), sums = turned + floats(kp * 4 * p), biases = sums + floats(k * 4 * p);
  const side = biases + floats(4 * p), dSide = side + floats(ROWS * k), dCell = dSide + floats(ROWS * k), dState = dCell + floats(ROWS * p), before = dState + floats(ROWS * p), dGates = before + floats(ROWS * p), packed = dGates + floats(ROWS * 4 * p);
  join(w, u, input, hidden, joined);
  pack(joined, 4, floats(4 * p), 4 * p, k, turned);
  clear(sums, k * 4 * p);
  clear(biases, 4 * p);
  for (let first = 0; first < batch; first += ROWS) {
    const rows = min(ROWS, batch - first);
    clear(dState, rows * p);
    if (dcLast) padRows(dcLast + floats(first * hidden), dCell, rows, hidden, p);
    else clear(dCell, rows * p);
    for (let t = time - 1; t >= 0; t--) {
      const place = first * time + t * rows;
      const block = gates + floats(place * 4 * p), kept = cells + floats(place * p);
      let earlier = cells + floats((place - rows) * p);
      if (t === 0) {
        earlier = before;
        if (c0) padRows(c0 + floats(first * hidden), before, rows, hidden, p);
        else clear(before, rows * p);
      }
      for (let r = 0; r < rows; r++) {
        const row = first + r;
        copyRow(x + floats((row * time + t) * input), side + floats(r * k), input);
        const state = side + floats(r * k + input);
        if (t > 0) copyRow(h + floats((row * time + t - 1) * hidden), state, hidden);
        else if (h0) copyRow(h0 + floats(row * hidden), state, hidden);
        else clear(state, hidden);
        addGiven(dState + <usize>r * stride, dh + floats((row * time + t) * hidden), hidden);
      }
      stepBack(block, kept, earlier, dState, dCell, dGates, biases, rows, stride);
      pack(dGates, stride << 2, 4, rows, 4 * p, packed);
      gemmPacked(side, floats(k), true, packed, sums, stride << 2, k, 4 * p, rows, ADD, 0, spare);
      gemmPacked(dGates, stride << 2, false, turned, dSide, floats(k), rows, k, 4 * p, SET, 0, spare);
      for (let r = 0; r < rows; r++) {
        if (dx) copyRow(dSide + floats(r * k), dx + floats(((first + r) * time + t) * input), input);
        copyRow(dSide + floats(r * k + input), dState + <usize>r * stride, hidden);
      }
    }
    if (dh0) cropRows(dState, dh0 + floats(first * hidden), rows, hidden, p);
    if (dc0) cropRows(dCell, dc0 + floats(first * hidden), rows, hidden, p);
  }
  cropRows(sums, dw, 4 * input, hidden, p);
  cropRows(sums + floats(4 * input * p), du, 4 * hidden, hidden, p);
  cropRows(biases, db, 4, hidden, p);
}

function addGiven(to: usize, from: usize, count: i32): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) v128.store(to + floats(j), f32x4.add(at(to + floats(j)), at(from + floats(j))));
  for (; j < count; j++) f32.store(to + floats(j), f32.load(to + floats(j)) + f32.load(from + floats(j)));
}

/** Gradients of the gates of one step of a tile; `dCell` becomes that of the step before. */
function stepBack(block: usize, kept: usize, earlier: usize, dState: usize, dCell: usize, dGates: usize, biases: usize, rows: i32, stride: usize): void {
  const c = table;
  for (let r: usize = 0; r < <usize>rows; r++) {
    const row = r * stride;
    const i = block + (row << 2), f = i + stride, g = f + stride, o = g + stride, to = dGates + (row << 2);
    for (let j: usize = 0; j < stride; j += 16) {
      const one = v128.load(c, ONE), iv = at(i + j), fv = at(f + j), gv = at(g + j), ov = at(o + j), cv = tanh4(at(kept + row + j), c), d = at(dState + row + j);
      const dc = madd(f32x4.mul(d, ov), f32x4.sub(one, f32x4.mul(cv, cv)), at(dCell + row + j));
      const di = f32x4.mul(f32x4.mul(f32x4.mul(dc, gv), iv), f32x4.sub(one, iv));
      const df = f32x4.mul(f32x4.mul(f32x4.mul(dc, at(earlier + row + j)), fv), f32x4.sub(one, fv));
      const dg = f32x4.mul(f32x4.mul(dc, iv), f32x4.sub(one, f32x4.mul(gv, gv)));
      const do_ = f32x4.mul(f32x4.mul(f32x4.mul(d, cv), ov), f32x4.sub(one, ov));
      v128.store(to + j, di);
      v128.store(to + stride + j, df);
      v128.store(to + (stride << 1) + j, dg);
      v128.store(to + 3 * stride + j, do_);
      v128.store(dCell + row + j, f32x4.mul(dc, fv));
    }
  }
  for (let j: usize = 0; j < stride << 2; j += 16) {
    let sum = at(biases + j);
    for (let r: usize = 0; r < <usize>rows; r++) sum = f32x4.add(sum, at(dGates + ((r * stride) << 2) + j));
    v128.store(biases + j, sum);
  }
}
