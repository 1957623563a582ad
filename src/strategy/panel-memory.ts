import type { IsoDate } from '../core/dates.js';
import { medianDollarVolume } from '../features/volume/dollar-volume.js';
import { rollingQuantile } from '../math/rolling/order.js';
import type { ColumnValues, Panel } from '../table/panel.js';

/** Names that are turned at a time, so that what is written together lies together. */
const BLOCK = 8;

/**
 * What is worked out of a panel once for all evenings that stand in it, session by session: an evening then reads one stretch of memory
 * instead of a place in each row.
 *
 * Every value is of its session and those before it. Nothing of it is handed to strategies but values of the session that they stand in.
 */
export class PanelMemory {
  readonly #panel: Panel;
  readonly #turned = new Map<string, ColumnValues>();
  readonly #medians = new Map<string, Map<number, ColumnValues>>();
  readonly #positions = new Map<IsoDate, number>();
  #sibling: Panel | null = null;
  #means: { readonly index: number; readonly rows: Int32Array; readonly means: Float64Array } | null = null;
  #index = -1;
  #isReused = false;

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  /** Whether evenings of several sessions stand in the panel; for one alone, turning it would cost more than it saves. */
  isReusedAt(index: number): boolean {
    this.#isReused ||= this.#index >= 0 && index !== this.#index;
    this.#index = index;
    return this.#isReused;
  }

  /** Whether that was so the last time that it was asked. */
  get isReused(): boolean {
    return this.#isReused;
  }

  /** A column as [session, symbol]. */
  column(name: string): ColumnValues {
    return this.#once(name, () => turned(this.#panel, this.#panel.column(name)));
  }

  /** `medianDollarVolume` of a column over so many sessions, an odd number, up to each, [session, symbol]. */
  medians(name: string, length: number): ColumnValues {
    // asked for name by name: no key is put together of both
    let ofName = this.#medians.get(name);
    if (ofName === undefined) this.#medians.set(name, (ofName = new Map<number, ColumnValues>()));
    let found = ofName.get(length);
    if (found === undefined) ofName.set(length, (found = turned(this.#panel, mapRows(this.#panel, this.#panel.column(name), (values) => mediansOf(values, length)))));
    return found;
  }

  /** Change of a column since the session before as a fraction, NaN for the first, [session, symbol]. */
  returns(name: string): ColumnValues {
    return this.#once(`return ${name}`, () => turned(this.#panel, mapRows(this.#panel, this.#panel.column(name), (values) => values.map((value, t) => (t === 0 ? Number.NaN : value / values[t - 1] - 1)))));
  }

  /**
   * Mean of `returns('close')` over some rows, of the `count` sessions up to one, added in the order of the rows; NaN where no row has one.
   *
   * The same rows as for the session before share all means but the last.
   * @param believed those of the rows that count in the last session
   */
  meanReturns(rows: Int32Array, believed: Int32Array, count: number, index: number): Float64Array {
    const means = new Float64Array(count);
    const known = this.#meansBefore(rows, index);
    const overlap = known === null ? 0 : Math.min(count - 1, known.length);
    if (known !== null) means.set(known.subarray(known.length - overlap), count - 1 - overlap);
    for (let t = 0; t < count; t++) if (t < count - 1 - overlap || t === count - 1) means[t] = this.#meanReturn(t === count - 1 ? believed : rows, index - count + 1 + t);
    this.#means = believed.length === rows.length ? { index, rows, means: means.slice() } : null;
    return means;
  }

  #meansBefore(rows: Int32Array, index: number): Float64Array | null {
    const before = this.#means;
    return before !== null && before.index === index - 1 && areEqual(before.rows, rows) ? before.means : null;
  }

  #meanReturn(rows: Int32Array, index: number): number {
    const returns = this.returns('close');
    const start = index * this.#panel.symbols.length;
    let [sum, count] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      const move = returns[start + rows[i]];
      if (Number.isNaN(move)) continue;
      sum += move;
      count++;
    }
    return sum / count;
  }

  /** Whether another panel has its symbols in the same rows. */
  hasRowsOf(other: Panel): boolean {
    if (this.#sibling !== other && other.symbols.length === this.#panel.symbols.length && other.symbols.every((symbol, row) => symbol === this.#panel.symbols[row])) this.#sibling = other;
    return this.#sibling === other;
  }

  /** Position of a session, −1 when the panel does not hold it. */
  indexOf(session: IsoDate): number {
    let position = this.#positions.get(session);
    if (position === undefined) this.#positions.set(session, (position = this.#panel.indexOf(session)));
    return position;
  }

  #once(key: string, make: () => ColumnValues): ColumnValues {
    let values = this.#turned.get(key);
    if (values === undefined) this.#turned.set(key, (values = make()));
    return values;
  }
}

const MEMORIES = new WeakMap<Panel, PanelMemory>();

/** The memory of a panel, as long as the panel lives. */
export function memoryOf(panel: Panel): PanelMemory {
  let memory = MEMORIES.get(panel);
  if (memory === undefined) MEMORIES.set(panel, (memory = new PanelMemory(panel)));
  return memory;
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function turned({ symbols: { length: height }, sessions: { length: width } }: Panel, values: ColumnValues): ColumnValues {
  const found = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let top = 0; top < height; top += BLOCK) {
    const bottom = Math.min(height, top + BLOCK);
    for (let t = 0; t < width; t++) for (let row = top; row < bottom; row++) found[t * height + row] = values[row * width + t];
  }
  return found;
}

function mapRows({ symbols, sessions: { length: width } }: Panel, values: ColumnValues, change: (row: Float64Array) => Float64Array): Float64Array {
  const found = new Float64Array(values.length);
  symbols.forEach((_, row) => found.set(change(Float64Array.from(values.subarray(row * width, (row + 1) * width))), row * width));
  return found;
}

function mediansOf(values: Float64Array, length: number): Float64Array {
  // the middle of an odd number of values is one of them, whoever looks for it
  const whole = rollingQuantile(values, length, 0.5, length);
  return whole.map((median, t) => (Number.isNaN(median) ? medianDollarVolume(values.subarray(Math.max(0, t + 1 - length), t + 1)) : median));
}
