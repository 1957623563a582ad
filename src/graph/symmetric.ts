/** A symmetric measure of every two of `size` nodes: the upper triangle row by row without the diagonal, NaN where it is not defined. */
export interface Symmetric {
  readonly size: number;
  /** [size · (size − 1) / 2] */
  readonly upper: Float64Array;
}

/** Cells of the triangle above the diagonal. */
export function pairCount(size: number): number {
  return (size * (size - 1)) / 2;
}

/** Where the row of node i would have its column 0, so that the pair i < j stands at `rowStart(i, size) + j`. */
export function rowStart(i: number, size: number): number {
  return (i * (2 * size - i - 1)) / 2 - i - 1;
}

/** The measure of two different nodes. */
export function pairValue({ size, upper }: Symmetric, i: number, j: number): number {
  return i < j ? upper[rowStart(i, size) + j] : upper[rowStart(j, size) + i];
}
