// Sums down the rows of a tile whose rows are a multiple of eight floats wide.
import { at, floats, madd } from './vector';

/** Adds sums down the rows of a tile, and sums weighted by a factor of each row. */
export function addColumns(tile: usize, width: i32, rows: i32, factors: usize, weighted: usize, plain: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = at(plain + j), s1 = at(plain + j + 16), w0 = at(weighted + j), w1 = at(weighted + j + 16);
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
    v128.store(plain + j, s0);
    v128.store(plain + j + 16, s1);
    v128.store(weighted + j, w0);
    v128.store(weighted + j + 16, w1);
  }
}

/** Adds what a cotangent and the factors of its rows say of the scale and shift of the norm. */
export function addNorm(given: usize, normal: usize, width: i32, rows: i32, factors: usize, scales: usize, shifts: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = at(shifts + j), s1 = at(shifts + j + 16), w0 = at(scales + j), w1 = at(scales + j + 16);
    let row = given + j;
    let own = normal + j;
    for (let r = 0; r < rows; r++) {
      const f = v128.load32_splat(factors + floats(r));
      const e0 = f32x4.mul(f, at(row)), e1 = f32x4.mul(f, v128.load(row, 16));
      s0 = f32x4.add(s0, e0);
      s1 = f32x4.add(s1, e1);
      w0 = madd(e0, at(own), w0);
      w1 = madd(e1, v128.load(own, 16), w1);
      row += stride;
      own += stride;
    }
    v128.store(shifts + j, s0);
    v128.store(shifts + j + 16, s1);
    v128.store(scales + j, w0);
    v128.store(scales + j + 16, w1);
  }
}

/** Adds sums down the rows of a tile of `width` floats. */
export function addRows(tile: usize, width: i32, rows: i32, to: usize): void {
  const stride = floats(width);
  for (let j: usize = 0; j < stride; j += 32) {
    let s0 = at(to + j), s1 = at(to + j + 16);
    let row = tile + j;
    for (let r = 0; r < rows; r++) {
      s0 = f32x4.add(s0, at(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      row += stride;
    }
    v128.store(to + j, s0);
    v128.store(to + j + 16, s1);
  }
}
