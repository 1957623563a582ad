// Two lanes of double precision.

/** x y + z, rounded once where the processor can: the same on one machine, not on all. */
// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  return f64x2.relaxed_madd(x, y, z);
}

/** The i-th constant of a table, in both lanes: read from memory, as the engine would make a vector constant anew wherever it is used. */
// @ts-ignore: decorator
@inline
export function constant(table: usize, i: usize): v128 {
  return v128.load_splat<f64>(table + (i << 3));
}
