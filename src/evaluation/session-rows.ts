import type { ColumnValues } from '../table/panel.js';

const BLOCK = 32;

/**
 * Values of one session after another, [symbol], of a table [symbol, session].
 *
 * Sessions are turned in blocks: reading them one by one would miss the cache at every value.
 */
export class SessionRows {
  readonly #values: ColumnValues;
  readonly #width: number;
  readonly #symbols: number;
  readonly #block: Float64Array;
  #first = -1;

  constructor(values: ColumnValues, symbols: number, sessions: number) {
    this.#values = values;
    this.#symbols = symbols;
    this.#width = sessions;
    this.#block = new Float64Array(symbols * BLOCK);
  }

  /** Values of session `t`, [symbol]: a view that holds until a session of another block is read. */
  at(t: number): Float64Array {
    const first = t - (t % BLOCK);
    if (first !== this.#first) this.#turn(first);
    const start = (t - first) * this.#symbols;
    return this.#block.subarray(start, start + this.#symbols);
  }

  #turn(first: number): void {
    const count = Math.min(BLOCK, this.#width - first);
    for (let row = 0; row < this.#symbols; row++) {
      const start = row * this.#width + first;
      for (let i = 0; i < count; i++) this.#block[i * this.#symbols + row] = this.#values[start + i];
    }
    this.#first = first;
  }
}
