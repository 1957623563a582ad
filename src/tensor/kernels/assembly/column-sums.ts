// Sums down the rows of a tile whose rows are a multiple of eight floats wide. A tile is added up by itself first, which rounds less.
import { at, floats, madd } from './vector';

// @ts-ignore: decorator
@inline
function addTo(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(at(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}

/** Adds sums down the rows of a tile, and sums weighted by a factor of each row. */
export function addColumns(tile: usize, width: i32, rows: i32, factors: usize, weighted: usize, plain: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = f32x4.splat(0), s1 = s0, w0 = s0, w1 = s0;
    let row = tile + j;
    for (let r = 0; r < rows; r++) {
      const f = v128.load32_splat(factors + floats(r));
      const t0 = at(row), t1 = v128.load(row, 16);
      s0 = f32x4.add(s0, t0);
      s1 = f32x4.add(s1, t1);
      w0 = madd(f, t0, w0);
      w1 = madd(f, t1, w1);
      row += stride;
    }
    addTo(plain + j, s0, s1);
    addTo(weighted + j, w0, w1);
  }
}

/** Adds sums down the rows of a tile, and sums of its products with another. */
export function addProducts(tile: usize, other: usize, width: i32, rows: i32, products: usize, plain: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = f32x4.splat(0), s1 = s0, w0 = s0, w1 = s0;
    let row = tile + j;
    let own = other + j;
    for (let r = 0; r < rows; r++) {
      const e0 = at(row), e1 = v128.load(row, 16);
      s0 = f32x4.add(s0, e0);
      s1 = f32x4.add(s1, e1);
      w0 = madd(e0, at(own), w0);
      w1 = madd(e1, v128.load(own, 16), w1);
      row += stride;
      own += stride;
    }
    addTo(plain + j, s0, s1);
    addTo(products + j, w0, w1);
  }
}

/** Adds sums down the rows of a tile of `width` floats. */
export function addRows(tile: usize, width: i32, rows: i32, to: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = f32x4.splat(0), s1 = s0;
    let row = tile + j;
    for (let r = 0; r < rows; r++) {
      s0 = f32x4.add(s0, at(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      row += stride;
    }
    addTo(to + j, s0, s1);
  }
}
