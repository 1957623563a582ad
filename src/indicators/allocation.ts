import { InvariantError } from '../core/errors.js';

interface Shared {
  readonly buffer: ArrayBuffer;
  used: number;
}

let shared: Shared | null = null;

/** A new array for a result: its own, or the next part of the buffer of `inOneBuffer`. */
export function allocate(length: number): Float64Array {
  if (shared === null) return new Float64Array(length);
  const start = shared.used;
  const end = start + length * Float64Array.BYTES_PER_ELEMENT;
  if (end > shared.buffer.byteLength) return new Float64Array(length);
  shared.used = end;
  return new Float64Array(shared.buffer, start, length);
}

/**
 * Lays the results of all indicators called in `compute` into one buffer, as long as it has room for them: where many are
 * wanted of many series, a third of the time goes into getting and freeing their memory one by one.
 *
 * They then live and die together, and whoever transfers one to another thread transfers all. `compute` must not wait.
 * @param values how many numbers the buffer holds: outputs · rows
 * @throws InvariantError when `values` is not a whole number ≥ 1
 */
export function inOneBuffer<Result>(values: number, compute: () => Result): Result {
  if (!(Number.isInteger(values) && values >= 1)) throw new InvariantError(`expected a whole number of values of at least 1, found ${values} in inOneBuffer`);
  const before = shared;
  shared = { buffer: new ArrayBuffer(values * Float64Array.BYTES_PER_ELEMENT), used: 0 };
  try {
    return compute();
  } finally {
    shared = before;
  }
}
