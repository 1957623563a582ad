/** What we use of the engine's number vectors; `data` is private in its types: one bit a row, `null` when none is missing. */
export interface NumberVector {
  readonly items: ArrayLike<number>;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(index: number): boolean };
}

const ALL_VALID = 0xffff_ffff_ffff_ffffn;

/** Calls `mark` with each row whose value is missing: they are few, so that looking for them is faster than asking of each row. */
export function eachMissing({ validity }: NumberVector, count: number, mark: (row: number) => void): void {
  if (validity.data === null) return;
  for (let word = 0; word * 64 < count; word++) {
    if (validity.data[word] === ALL_VALID) continue;
    for (let i = word * 64; i < Math.min(count, word * 64 + 64); i++) if (!validity.itemValid(i)) mark(i);
  }
}

/** Copies a vector of numbers to a position of a column; missing ones become NaN. */
export function fillFromChunk(column: Float64Array, at: number, vector: NumberVector): void {
  column.set(vector.items, at);
  const { data } = vector.validity;
  if (data === null) return;
  const count = vector.items.length;
  for (let word = 0; word * 64 < count; word++) {
    if (data[word] === ALL_VALID) continue;
    const [from, to] = [word * 64, Math.min(count, word * 64 + 64)];
    // whole columns are missing where a source does not have them
    if (data[word] === 0n) column.fill(Number.NaN, at + from, at + to);
    else for (let i = from; i < to; i++) if (!vector.validity.itemValid(i)) column[at + i] = Number.NaN;
  }
}
