import { constant, madd } from './vector';

// 1 / ln 2; −ln 2 in two parts; 1.5 · 2^52 + 1023; the least argument; (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2 by interpolation (1e-17)
const TABLE = memory.data<f64>([
  1.4426950408889634, -0.6931471803691238, -1.9082149292705877e-10, 6755399441056767, -708,
  0.5000000000000001, 0.16666666666666669, 0.041666666666623824, 0.008333333333330039, 0.0013888888917367081, 0.00019841269863171557, 2.4801521057868204e-5, 2.7557268276905696e-6,
  2.7620201591031547e-7, 2.5100472505694996e-8,
]);

/** e^x for x ≤ 709; below −708 it is e^−708. */
// @ts-ignore: decorator
@inline
export function exponential(argument: v128): v128 {
  const x = f64x2.pmax(argument, constant(TABLE, 4));
  const k = f64x2.nearest(f64x2.mul(x, constant(TABLE, 0)));
  const r = madd(k, constant(TABLE, 2), madd(k, constant(TABLE, 1), x));
  const r2 = f64x2.mul(r, r);
  const a = madd(constant(TABLE, 6), r, constant(TABLE, 5));
  const b = madd(constant(TABLE, 8), r, constant(TABLE, 7));
  const c = madd(constant(TABLE, 10), r, constant(TABLE, 9));
  const d = madd(constant(TABLE, 12), r, constant(TABLE, 11));
  const e = madd(constant(TABLE, 14), r, constant(TABLE, 13));
  const r4 = f64x2.mul(r2, r2);
  const tail = madd(madd(madd(e, r2, d), r4, madd(c, r2, b)), r2, a);
  const power = i64x2.shl(f64x2.add(k, constant(TABLE, 3)), 52); // 2^k
  return madd(power, madd(tail, r2, r), power);
}
