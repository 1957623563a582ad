/** Ascending runs beyond which rows are in no order, and sorting is faster than merging. */
const MOST_RUNS = 400;

/** The strikes of contracts, each once, ascending. Expiries list nearly the same ones in order, so that they are merged run by run, not sorted. */
export function distinctStrikes(strike: Float64Array, count: number): Float64Array {
  let known: Float64Array = new Float64Array(0);
  const fresh = new Float64Array(count);
  let runs = 0;
  for (let start = 0; start < count; runs++) {
    if (runs === MOST_RUNS) return sortedOnce(strike.slice(0, count));
    let [i, k, found] = [start, 0, 0];
    for (let before = -Infinity; i < count && strike[i] >= before; before = strike[i++]) {
      const own = strike[i];
      if (own === before) continue;
      while (known[k] < own) k++;
      if (known[k] !== own) fresh[found++] = own;
    }
    if (found > 0) known = merged(known, fresh.subarray(0, found));
    start = i;
  }
  return known;
}

function merged(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  for (let [at, i, j] = [0, 0, 0]; at < both.length; at++) both[at] = j >= b.length || a[i] < b[j] ? a[i++] : b[j++];
  return both;
}

function sortedOnce(values: Float64Array): Float64Array {
  values.sort();
  let size = 0;
  for (let i = 0; i < values.length; i++) if (i === 0 || values[i] !== values[i - 1]) values[size++] = values[i];
  return values.subarray(0, size);
}
