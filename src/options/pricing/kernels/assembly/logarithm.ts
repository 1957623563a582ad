import { constant, madd } from './vector';

// ln 2; 2^52; 2^52 + 1023; (artanh(u)/u − 1) / u² for u² ≤ 0.0403 by minimax (2e-18)
const TABLE = memory.data<f64>([
  0.6931471805599453, 4503599627370496, 4503599627371519,
  0.3333333333333333, 0.2000000000000411, 0.14285714283575215, 0.11111111534677913, 0.09090867986707701, 0.07694466959079266, 0.06604203736631618, 0.06809508623329605,
]);

/** 1023 and a half in the place of the exponent. */
const NEAREST: i64 = 0x3ff8000000000000;

/**
 * ln(a/b) for positive normal a and b: e ln 2 + 2 artanh((a − c) / (a + c)) for c = 2^e b and the e for which a/c is near 1. The bits of a double
 * are a logarithm that is right to 0.09 of an octave, so that u stays below 0.2006.
 */
// @ts-ignore: decorator
@inline
export function logarithmOfRatio(a: v128, b: v128): v128 {
  const biased = i64x2.shr_u(i64x2.add(i64x2.sub(a, b), i64x2.splat(NEAREST)), 52);
  const e = f64x2.sub(v128.or(biased, constant(TABLE, 1)), constant(TABLE, 2));
  const c = f64x2.mul(b, i64x2.shl(biased, 52));
  const u = f64x2.div(f64x2.sub(a, c), f64x2.add(a, c));
  const w = f64x2.mul(u, u);
  const w2 = f64x2.mul(w, w);
  const low = madd(madd(constant(TABLE, 6), w, constant(TABLE, 5)), w2, madd(constant(TABLE, 4), w, constant(TABLE, 3)));
  const high = madd(madd(constant(TABLE, 10), w, constant(TABLE, 9)), w2, madd(constant(TABLE, 8), w, constant(TABLE, 7)));
  const twice = f64x2.add(u, u);
  return madd(e, constant(TABLE, 0), madd(f64x2.mul(twice, w), madd(high, f64x2.mul(w2, w2), low), twice));
}
