// Matrix products: B is packed in panels of eight columns, and a register tile of 4 x 8 runs over them.
// The engine has about fifteen vector registers: eight sums, two of B and one of A fit, a larger tile spills.
import { clear, madd } from './vector';

/** Rows of B that are packed at once. */
const DEPTH = 256;
/** Columns of B that are packed at once. */
const WIDTH = 512;

/** What a product does with what stands in C. */
export const SET = 0;
export const ADD = 1;
/** Starts from a row of biases. */
export const BIAS = 2;

/** Floats that a product needs to work in. */
export const SCRATCH: i32 = DEPTH * WIDTH + 64;

/** Packs [depth, width] of B, by strides in bytes, into panels [depth, 8] with zeros behind the last column. */
export function pack(b: usize, rowStride: usize, columnStride: usize, depth: i32, width: i32, to: usize): void {
  for (let j = 0; j < width; j += 8) {
    const count = min(8, width - j);
    let from = b + <usize>j * columnStride;
    if (count === 8 && columnStride === 4) {
      for (let p = 0; p < depth; p++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += rowStride;
        to += 32;
      }
    } else {
      if (count < 8) clear(to, depth << 3);
      for (let q = 0; q < count; q++) {
        let source = from;
        let target = to + (<usize>q << 2);
        for (let p = 0; p < depth; p++) {
          f32.store(target, f32.load(source));
          source += rowStride;
          target += 32;
        }
        from += columnStride;
      }
      to += <usize>depth << 5;
    }
  }
}

/** A tile of 4 x 8 sums over `depth`, A read by four pointers that advance by `step` bytes. */
function tile(depth: i32, a: usize, a1: usize, a2: usize, a3: usize, step: usize, b: usize, c: usize, stride: usize, start: usize, startStride: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (start) {
    c00 = v128.load(start);
    c01 = v128.load(start, 16);
    start += startStride;
    c10 = v128.load(start);
    c11 = v128.load(start, 16);
    start += startStride;
    c20 = v128.load(start);
    c21 = v128.load(start, 16);
    start += startStride;
    c30 = v128.load(start);
    c31 = v128.load(start, 16);
  }
  for (let p = 0; p < depth; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    b += 32;
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    a += step;
    a1 += step;
    a2 += step;
    a3 += step;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += stride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += stride;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += stride;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** Adds the sums of a tile at the border to what C starts from. */
function border(sums: usize, rows: i32, columns: i32, c: usize, stride: usize, start: usize, startStride: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let q: usize = 0; q < <usize>columns << 2; q += 4) f32.store(c + q, f32.load(sums + q) + (start ? f32.load(start + q) : 0));
    sums += 32;
    c += stride;
    start += start ? startStride : 0;
  }
}

/**
 * C [m, n] (set, added to, or from a row of biases) = op(A) [m, depth] times packed B. Strides of A and C are in bytes between rows as
 * stored; `spare` has room for 32 floats. The stored A is [m, depth], or [depth, m] where `isTurned`.
 */
export function gemmPacked(a: usize, aStride: usize, isTurned: bool, packed: usize, c: usize, cStride: usize, m: i32, n: i32, depth: i32, mode: i32, bias: usize, spare: usize): void {
  const step: usize = isTurned ? aStride : 4;
  const down: usize = isTurned ? 4 : aStride;
  const panel = <usize>depth << 5;
  for (let i = 0; i < m; i += 4) {
    const rows = min(4, m - i);
    const a0 = a + <usize>i * down;
    const a1 = rows > 1 ? a0 + down : a0;
    const a2 = rows > 2 ? a1 + down : a0;
    const a3 = rows > 3 ? a2 + down : a0;
    let row = c + <usize>i * cStride;
    let b = packed;
    for (let j = 0; j < n; j += 8) {
      const columns = min(8, n - j);
      const start: usize = mode === SET ? 0 : mode === ADD ? row : bias + (<usize>j << 2);
      const startStride: usize = mode === ADD ? cStride : 0;
      if (rows === 4 && columns === 8) tile(depth, a0, a1, a2, a3, step, b, row, cStride, start, startStride);
      else if (mode !== ADD && columns === 8) {
        // a row gets the same sum, to the last bit, wherever it stands
        tile(depth, a0, a1, a2, a3, step, b, spare, 32, start, 0);
        for (let q: usize = 0; q < <usize>rows; q++) memory.copy(row + q * cStride, spare + (q << 5), 32);
      } else {
        tile(depth, a0, a1, a2, a3, step, b, spare, 32, 0, 0);
        border(spare, rows, columns, row, cStride, start, startStride);
      }
      b += panel;
      row += 32;
    }
  }
}

/** C [m, n] = op(A) op(B) by blocks; strides in bytes between rows as stored. */
export function gemm(a: usize, aStride: usize, isTurnedA: bool, b: usize, bStride: usize, isTurnedB: bool, c: usize, cStride: usize, m: i32, n: i32, depth: i32, mode: i32, bias: usize, scratch: usize): void {
  const spare = scratch;
  const packed = scratch + 256;
  for (let j = 0; j < n; j += WIDTH) {
    const width = min(WIDTH, n - j);
    for (let p = 0; p < depth; p += DEPTH) {
      const deep = min(DEPTH, depth - p);
      pack(b + (isTurnedB ? <usize>j * bStride + (<usize>p << 2) : <usize>p * bStride + (<usize>j << 2)), isTurnedB ? 4 : bStride, isTurnedB ? bStride : 4, deep, width, packed);
      gemmPacked(a + (isTurnedA ? <usize>p * aStride : <usize>p << 2), aStride, isTurnedA, packed, c + (<usize>j << 2), cStride, m, width, deep, p > 0 ? ADD : mode, bias + (<usize>j << 2), spare);
    }
  }
}

/** Products of a batch: A [batchesA or 1, m, depth], B [batchesB or 1, depth, n] as stored before `isTurned…`, to C [batches, m, n]. */
export function batchMatMul(a: usize, b: usize, c: usize, batchesA: i32, batchesB: i32, batches: i32, m: i32, n: i32, depth: i32, isTurnedA: bool, isTurnedB: bool, scratch: usize): void {
  const sizeA = batchesA > 1 ? <usize>(m * depth) << 2 : 0;
  const sizeB = batchesB > 1 ? <usize>(depth * n) << 2 : 0;
  const sizeC = <usize>(m * n) << 2;
  if (depth === 0) {
    clear(c, batches * m * n);
    return;
  }
  for (let i: usize = 0; i < <usize>batches; i++) gemm(a + i * sizeA, <usize>(isTurnedA ? m : depth) << 2, isTurnedA, b + i * sizeB, <usize>(isTurnedB ? depth : n) << 2, isTurnedB, c + i * sizeC, <usize>n << 2, m, n, depth, SET, 0, scratch);
}
