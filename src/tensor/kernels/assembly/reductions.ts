// Sums, softmax and transposes.
import { across, at, clear, exp4, firstLanes, floats, greatest, loadPart, storePart, table } from './vector';

/** y [outer, inner] = sum over the middle axis of x [outer, count, inner]. */
export function sumMiddle(x: usize, y: usize, outer: i32, count: i32, inner: i32): void {
  if (inner === 1) {
    for (let o = 0; o < outer; o++) f32.store(y + floats(o), sumRow(x + floats(o * count), count));
    return;
  }
  const stride = floats(inner);
  for (let o = 0; o < outer; o++) {
    const from = x + <usize>o * stride * <usize>count, to = y + <usize>o * stride;
    let j = 0;
    // sixteen columns at a time: a row of them is a line of the cache
    for (; j + 16 <= inner; j += 16) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      let row = from + floats(j);
      for (let i = 0; i < count; i++) {
        s0 = f32x4.add(s0, at(row));
        s1 = f32x4.add(s1, v128.load(row, 16));
        s2 = f32x4.add(s2, v128.load(row, 32));
        s3 = f32x4.add(s3, v128.load(row, 48));
        row += stride;
      }
      v128.store(to + floats(j), s0);
      v128.store(to + floats(j), s1, 16);
      v128.store(to + floats(j), s2, 32);
      v128.store(to + floats(j), s3, 48);
    }
    for (; j + 4 <= inner; j += 4) {
      let s = f32x4.splat(0);
      let row = from + floats(j);
      for (let i = 0; i < count; i++, row += stride) s = f32x4.add(s, at(row));
      v128.store(to + floats(j), s);
    }
    for (; j < inner; j++) {
      let s: f32 = 0;
      let row = from + floats(j);
      for (let i = 0; i < count; i++, row += stride) s += f32.load(row);
      f32.store(to + floats(j), s);
    }
  }
}

function sumRow(x: usize, count: i32): f32 {
  let s0 = f32x4.splat(0), s1 = s0;
  const end = x + floats(count & ~7);
  for (; x < end; x += 32) {
    s0 = f32x4.add(s0, at(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
  }
  let sum = across(f32x4.add(s0, s1));
  for (let i = count & ~7; i < count; i++, x += 4) sum += f32.load(x);
  return sum;
}

/** Sum of squares, in double precision. */
export function sumSquares(x: usize, count: i32): f64 {
  let sum: f64 = 0;
  let i = 0;
  while (i < count) {
    // short runs in single precision, their sums in double
    let s = f32x4.splat(0);
    const end = min(count & ~3, i + 1024);
    for (; i < end; i += 4) s = f32x4.add(s, f32x4.mul(at(x + floats(i)), at(x + floats(i))));
    sum += across(s);
    for (; i >= (count & ~3) && i < count; i++) sum += f32.load(x + floats(i)) * f32.load(x + floats(i));
  }
  return sum;
}

/** Rows of y [rows, width] = softmax of rows of x. */
export function softmax(x: usize, y: usize, rows: i32, width: i32): void {
  const c = table;
  const whole = width & ~3, rest = width & 3;
  const tail = firstLanes(rest);
  for (let r = 0; r < rows; r++) {
    let top = f32x4.splat(-Infinity);
    for (let j = 0; j < whole; j += 4) top = f32x4.max(top, at(x + floats(j)));
    if (rest) top = f32x4.max(top, v128.bitselect(loadPart(x + floats(whole), rest), f32x4.splat(-Infinity), tail));
    const highest = f32x4.splat(greatest(top));
    let sum = f32x4.splat(0);
    for (let j = 0; j < whole; j += 4) {
      const e = exp4(f32x4.sub(at(x + floats(j)), highest), c);
      v128.store(y + floats(j), e);
      sum = f32x4.add(sum, e);
    }
    if (rest) {
      const e = v128.and(exp4(f32x4.sub(loadPart(x + floats(whole), rest), highest), c), tail);
      storePart(y + floats(whole), e, rest);
      sum = f32x4.add(sum, e);
    }
    const by = f32x4.splat(<f32>1 / across(sum));
    for (let j = 0; j < whole; j += 4) v128.store(y + floats(j), f32x4.mul(at(y + floats(j)), by));
    if (rest) storePart(y + floats(whole), f32x4.mul(loadPart(y + floats(whole), rest), by), rest);
    x += floats(width);
    y += floats(width);
  }
}

/** y [batches, columns, rows] = x [batches, rows, columns] with the last two axes changed over. */
export function transposeLast(x: usize, y: usize, batches: i32, rows: i32, columns: i32): void {
  const size = floats(rows * columns);
  const up = floats(columns), down = floats(rows);
  for (let b = 0; b < batches; b++) {
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      const from = x + <usize>i * up;
      let j = 0;
      for (; j + 4 <= columns; j += 4) {
        const p = from + floats(j);
        const a = at(p), b_ = at(p + up), c_ = at(p + (up << 1)), d = at(p + 3 * up);
        const ab0 = v128.shuffle<f32>(a, b_, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b_, 2, 6, 3, 7);
        const cd0 = v128.shuffle<f32>(c_, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c_, d, 2, 6, 3, 7);
        const to = y + <usize>j * down + floats(i);
        v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
        v128.store(to + down, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
        v128.store(to + (down << 1), v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
        v128.store(to + 3 * down, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
      }
      for (; j < columns; j++) for (let q = 0; q < 4; q++) f32.store(y + <usize>j * down + floats(i + q), f32.load(from + <usize>q * up + floats(j)));
    }
    for (; i < rows; i++) for (let j = 0; j < columns; j++) f32.store(y + <usize>j * down + floats(i), f32.load(x + <usize>i * up + floats(j)));
    x += size;
    y += size;
  }
}
