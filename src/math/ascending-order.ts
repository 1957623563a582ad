/** Length of the runs that are put in order by insertion before they are merged. */
const RUN = 16;

/**
 * Positions of the values in ascending order, equals in the order of their positions; NaN is left out.
 *
 * Merges typed arrays of keys and positions: three times as fast as sorting an array of positions by a comparison function.
 */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  let [from, to] = [buffers(values.length), buffers(values.length)];
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) continue;
    from.keys[count] = value;
    from.positions[count++] = i;
  }
  for (let start = 0; start < count; start += RUN) insertInOrder(from, start, Math.min(count, start + RUN));
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) merge(from, to, { start, middle: Math.min(count, start + width), end: Math.min(count, start + 2 * width) });
    [from, to] = [to, from];
  }
  return from.positions.subarray(0, count);
}

interface Buffers {
  readonly keys: Float64Array;
  readonly positions: Int32Array;
}

function buffers(length: number): Buffers {
  return { keys: new Float64Array(length), positions: new Int32Array(length) };
}

function insertInOrder({ keys, positions }: Buffers, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const key = keys[i];
    const position = positions[i];
    let j = i - 1;
    for (; j >= start && keys[j] > key; j--) {
      keys[j + 1] = keys[j];
      positions[j + 1] = positions[j];
    }
    keys[j + 1] = key;
    positions[j + 1] = position;
  }
}

/** Two neighbouring ordered runs into one. */
function merge(from: Buffers, to: Buffers, { start, middle, end }: { start: number; middle: number; end: number }): void {
  let left = start;
  let right = middle;
  for (let k = start; k < end; k++) {
    const next = right >= end || (left < middle && from.keys[left] <= from.keys[right]) ? left++ : right++;
    to.keys[k] = from.keys[next];
    to.positions[k] = from.positions[next];
  }
}
