import { constant, madd } from './vector';

// 1; ln 2; 2^52; 2^52 + 1023; (artanh(u)/u − 1) / u² for u² ≤ 0.03 by minimax (1e-17)
const TABLE = memory.data<f64>([
  1, 0.6931471805599453, 4503599627370496, 4503599627371519,
  0.3333333333333335, 0.19999999999949508, 0.1428571431310291, 0.11111105548157675, 0.0909144598258126, 0.07665813241163878, 0.0730881559426877,
]);

/** How far the bits of √½ lie below those of 1. */
const HALF_OCTAVE: i64 = 0x3ff0000000000000 - 0x3fe6a09e667f3bcd;

/** ln q for positive normal q: e ln 2 + 2 artanh((m − 1) / (m + 1)) for q = 2^e m with m between √½ and √2. */
// @ts-ignore: decorator
@inline
export function logarithm(q: v128): v128 {
  const biased = i64x2.shr_u(i64x2.add(q, i64x2.splat(HALF_OCTAVE)), 52);
  const e = f64x2.sub(v128.or(biased, constant(TABLE, 2)), constant(TABLE, 3));
  const m = i64x2.sub(q, i64x2.shl(i64x2.sub(biased, i64x2.splat(1023)), 52));
  const one = constant(TABLE, 0);
  const u = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const w = f64x2.mul(u, u);
  const w2 = f64x2.mul(w, w);
  const low = madd(madd(constant(TABLE, 7), w, constant(TABLE, 6)), w2, madd(constant(TABLE, 5), w, constant(TABLE, 4)));
  const high = madd(constant(TABLE, 10), w2, madd(constant(TABLE, 9), w, constant(TABLE, 8)));
  const twice = f64x2.add(u, u);
  return madd(e, constant(TABLE, 1), madd(f64x2.mul(twice, w), madd(high, f64x2.mul(w2, w2), low), twice));
}
