// Rows by number, sums over segments, and attention of each node over its neighbours.
import { keptScale } from './dropout';
import { across, at, clear, exp4, floats, loadPart, madd, storePart, table } from './vector';

/** y [segments, d] = sums of the rows of x [rows, d] by segment; rows with an id outside are left out, as TensorFlow does. */
export function segmentSum(x: usize, ids: usize, y: usize, rows: i32, d: i32, segments: i32): void {
  clear(y, segments * d);
  for (let r = 0; r < rows; r++) {
    const id = i32.load(ids + floats(r));
    if (id >= 0 && id < segments) addRow(x + floats(r * d), y + floats(id * d), d);
  }
}

/**
 * y [outer, ids, d] = the rows of x [outer, rows, d] that ids name; answers the place of the first id that names none, before which all are
 * copied, or -1.
 */
export function gatherRows(x: usize, ids: usize, y: usize, outer: i32, rows: i32, count: i32, d: i32): i32 {
  for (let o = 0; o < outer; o++) {
    const from = x + floats(o * rows * d);
    for (let i = 0; i < count; i++) {
      const id = i32.load(ids + floats(i));
      if (id < 0 || id >= rows) return i;
      copyRow(from + floats(id * d), y, d);
      y += floats(d);
    }
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, count: i32): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) v128.store(to + floats(j), at(from + floats(j)));
  for (; j < count; j++) i32.store(to + floats(j), i32.load(from + floats(j)));
}

// @ts-ignore: decorator
@inline
function addRow(from: usize, to: usize, count: i32): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) v128.store(to + floats(j), f32x4.add(at(to + floats(j)), at(from + floats(j))));
  for (; j < count; j++) f32.store(to + floats(j), f32.load(to + floats(j)) + f32.load(from + floats(j)));
}

/** to += factor from. */
// @ts-ignore: decorator
@inline
function addScaled(factor: f32, from: usize, to: usize, count: i32): void {
  const f = f32x4.splat(factor);
  let j = 0;
  for (; j + 4 <= count; j += 4) v128.store(to + floats(j), madd(f, at(from + floats(j)), at(to + floats(j))));
  for (; j < count; j++) f32.store(to + floats(j), f32.load(to + floats(j)) + factor * f32.load(from + floats(j)));
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let j = 0;
  for (; j + 4 <= count; j += 4) sum = madd(at(a + floats(j)), at(b + floats(j)), sum);
  let total = across(sum);
  for (; j < count; j++) total += f32.load(a + floats(j)) * f32.load(b + floats(j));
  return total;
}

/**
 * out [targets, heads, d] = sum over the edges of a target of attention times the values [nodes, heads, d] of their sources, attention
 * [edges, heads] = softmax of scores [edges, heads] within a target. Edges stand by target, those of target t from starts[t] to starts[t + 1];
 * a target without edges gets zeros. A threshold above 0 drops attention before the sum; `attention` itself stays whole.
 */
export function neighboursForward(scores: usize, values: usize, sources: usize, starts: usize, attention: usize, out: usize, targets: i32, heads: i32, d: i32, seed: i32, threshold: u32, scale: f32): void {
  const width = heads * d;
  const c = table;
  clear(out, targets * width);
  for (let t = 0; t < targets; t++) {
    const from = i32.load(starts + floats(t)), to = i32.load(starts + floats(t + 1));
    for (let h = 0; h < heads; h++) {
      let top: f32 = -Infinity;
      for (let e = from; e < to; e++) top = max(top, f32.load(scores + floats(e * heads + h)));
      let sum: f32 = 0;
      for (let e = from; e < to; e++) {
        const weight = f32x4.extract_lane(exp4(f32x4.splat(f32.load(scores + floats(e * heads + h)) - top), c), 0);
        f32.store(attention + floats(e * heads + h), weight);
        sum += weight;
      }
      for (let e = from; e < to; e++) {
        const weight = f32.load(attention + floats(e * heads + h)) / sum;
        f32.store(attention + floats(e * heads + h), weight);
        const factor = threshold ? weight * keptScale(e * heads + h, seed, threshold, scale) : weight;
        addScaled(factor, values + floats(i32.load(sources + floats(e)) * width + h * d), out + floats(t * width + h * d), d);
      }
    }
  }
}

/** Gradients of `neighboursForward` for cotangents of out and, if not 0, of the attention. */
export function neighboursBackward(attention: usize, values: usize, sources: usize, starts: usize, dOut: usize, dAttention: usize, dScores: usize, dValues: usize, nodes: i32, targets: i32, heads: i32, d: i32, seed: i32, threshold: u32, scale: f32): void {
  const width = heads * d;
  clear(dValues, nodes * width);
  for (let t = 0; t < targets; t++) {
    const from = i32.load(starts + floats(t)), to = i32.load(starts + floats(t + 1));
    for (let h = 0; h < heads; h++) {
      const given = dOut + floats(t * width + h * d);
      let mean: f32 = 0;
      for (let e = from; e < to; e++) {
        const place = floats(e * heads + h), source = i32.load(sources + floats(e)) * width + h * d;
        const weight = f32.load(attention + place);
        const keep: f32 = threshold ? keptScale(e * heads + h, seed, threshold, scale) : 1;
        const slope = keep * dot(given, values + floats(source), d) + (dAttention ? f32.load(dAttention + place) : 0);
        f32.store(dScores + place, slope);
        mean += weight * slope;
        addScaled(weight * keep, given, dValues + floats(source), d);
      }
      for (let e = from; e < to; e++) {
        const place = floats(e * heads + h);
        f32.store(dScores + place, f32.load(attention + place) * (f32.load(dScores + place) - mean));
      }
    }
  }
}

/**
 * scores [edges, heads] = vectors [heads, d] · leaky relu(sources of l [nodes, heads, d] + targets of r + edge features f [edges, heads, d], which
 * may be 0), the scores of "GATv2".
 */
export function edgeScores(l: usize, r: usize, f: usize, vectors: usize, sources: usize, targets: usize, scores: usize, edges: i32, heads: i32, d: i32, slope: f32): void {
  const width = heads * d;
  const leak = f32x4.splat(slope);
  for (let e = 0; e < edges; e++) {
    let a = l + floats(i32.load(sources + floats(e)) * width), b = r + floats(i32.load(targets + floats(e)) * width), c = f + floats(e * width), v = vectors;
    for (let h = 0; h < heads; h++) {
      let sum = f32x4.splat(0);
      for (let j = 0; j < d; j += 4) {
        const left = min(d - j, 4), o = floats(j);
        let x = f32x4.add(some(a + o, left), some(b + o, left));
        if (f) x = f32x4.add(x, some(c + o, left));
        sum = madd(f32x4.pmax(x, f32x4.mul(x, leak)), some(v + o, left), sum);
      }
      f32.store(scores + floats(e * heads + h), across(sum));
      a += floats(d);
      b += floats(d);
      c += floats(d);
      v += floats(d);
    }
  }
}

/** Gradients of `edgeScores`; those of f are written if df is not 0. A slope is one from 0 to below 1. */
export function edgeScoresBackward(l: usize, r: usize, f: usize, vectors: usize, sources: usize, targets: usize, dScores: usize, dl: usize, dr: usize, df: usize, dVectors: usize, nodes: i32, edges: i32, heads: i32, d: i32, slope: f32): void {
  const width = heads * d;
  const leak = f32x4.splat(slope), one = f32x4.splat(1), zero = f32x4.splat(0);
  clear(dl, nodes * width);
  clear(dr, nodes * width);
  clear(dVectors, width);
  for (let e = 0; e < edges; e++) {
    const from = floats(i32.load(sources + floats(e)) * width), to = floats(i32.load(targets + floats(e)) * width), own = floats(e * width);
    for (let h = 0; h < heads; h++) {
      const given = f32x4.splat(f32.load(dScores + floats(e * heads + h)));
      for (let j = 0; j < d; j += 4) {
        const left = min(d - j, 4), o = floats(h * d + j);
        let x = f32x4.add(some(l + from + o, left), some(r + to + o, left));
        if (f) x = f32x4.add(x, some(f + own + o, left));
        const bend = v128.bitselect(one, leak, f32x4.gt(x, zero));
        const g = f32x4.mul(f32x4.mul(given, some(vectors + o, left)), bend);
        put(dVectors + o, madd(given, f32x4.mul(x, bend), some(dVectors + o, left)), left);
        put(dl + from + o, f32x4.add(some(dl + from + o, left), g), left);
        put(dr + to + o, f32x4.add(some(dr + to + o, left), g), left);
        if (df) put(df + own + o, g, left);
      }
    }
  }
}

/** Up to four floats. */
// @ts-ignore: decorator
@inline
function some(address: usize, count: i32): v128 {
  return count == 4 ? at(address) : loadPart(address, count);
}

// @ts-ignore: decorator
@inline
function put(address: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(address, v);
  else storePart(address, v, count);
}
