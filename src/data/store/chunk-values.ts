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
  eachMissing(vector, vector.items.length, (row) => (column[at + row] = Number.NaN));
}
