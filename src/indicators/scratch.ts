const buffers = Array.from({ length: 4 }, () => new Float64Array(0));

/**
 * Working memory number `slot` (0 … 3), of at least `length` values left over from anything: write before you read.
 *
 * It is shared by all kernels, which run one at a time: never hand it out, never hold it across a call of another kernel
 * that uses the same slot.
 */
export function scratch(slot: number, length: number): Float64Array {
  if (buffers[slot].length < length) buffers[slot] = new Float64Array(length);
  return buffers[slot];
}
