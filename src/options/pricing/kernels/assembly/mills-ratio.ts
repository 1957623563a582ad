import { constant, madd } from './vector';

// coefficients of src/math/mills-ratio.ts: even and odd powers above, even and odd below
const TABLE = memory.data<f64>([
  1.2533141373155003, 1.8225718253720689, 0.37746734120967596, 0.021839541223201777, 0.0003550357679466087, 8.326988054384132e-7,
  2.1502659200371013, 0.9890445780664794, 0.10547330833069787, 0.003315846102914026, 2.442267297202518e-5,
  1, 2.9597234933299696, 1.088130443136289, 0.10874030910532355, 0.003340268775888722, 2.4422672972025204e-5,
  2.513548540021039, 2.1598483286165853, 0.3986051371416581, 0.022192911593258435, 0.0003558684667520338, 8.326988054384132e-7,
]);

/** Polynomial of the powers of y whose `count` coefficients begin at `from`. */
// @ts-ignore: decorator
@inline
function polynomial(y: v128, from: usize, count: usize): v128 {
  let sum = constant(TABLE, from + 4);
  if (count == 6) sum = madd(constant(TABLE, from + 5), y, sum);
  sum = madd(sum, y, constant(TABLE, from + 3));
  sum = madd(sum, y, constant(TABLE, from + 2));
  sum = madd(sum, y, constant(TABLE, from + 1));
  return madd(sum, y, constant(TABLE, from));
}

/** Numerator of Mills' ratio (1 − Φ(z)) / φ(z) for 0 ≤ z < 1e9. */
// @ts-ignore: decorator
@inline
export function millsAbove(z: v128): v128 {
  const y = f64x2.mul(z, z);
  return madd(polynomial(y, 6, 5), z, polynomial(y, 0, 6));
}

/** Its denominator. */
// @ts-ignore: decorator
@inline
export function millsBelow(z: v128): v128 {
  const y = f64x2.mul(z, z);
  return madd(polynomial(y, 17, 6), z, polynomial(y, 11, 6));
}
