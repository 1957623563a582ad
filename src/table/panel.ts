import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';

/** A panel column: Float64 for prices, Float32 for features; NaN is missing. */
export type ColumnValues = Float64Array | Float32Array;
export type ColumnType = 'float64' | 'float32';

export interface PanelParts {
  /** Instrument identifiers, unique. */
  readonly symbols: readonly string[];
  /** Sessions as epoch days, strictly ascending. */
  readonly sessions: Int32Array;
  /** Each [symbol, session], row-major: time is contiguous. */
  readonly columns: Readonly<Record<string, ColumnValues>>;
}

/**
 * Columnar values of many instruments over many sessions: every column is [symbol, session] with time contiguous.
 *
 * Immutable by convention: methods return new panels that share columns; never write into a column you were given.
 */
export class Panel {
  readonly symbols: readonly string[];
  readonly sessions: Int32Array;
  readonly #columns: ReadonlyMap<string, ColumnValues>;
  readonly #symbolRow: ReadonlyMap<string, number>;

  constructor({ symbols, sessions, columns }: PanelParts) {
    this.symbols = Object.freeze([...symbols]);
    this.sessions = sessions;
    this.#symbolRow = new Map(symbols.map((symbol, row) => [symbol, row]));
    this.#columns = new Map(Object.entries(columns));
    this.#check();
  }

  #check(): void {
    if (this.#symbolRow.size !== this.symbols.length) throw new InvariantError(`expected unique symbols, found ${this.symbols.length - this.#symbolRow.size} repeated in a panel`);
    for (let t = 1; t < this.sessions.length; t++) {
      if (this.sessions[t] <= this.sessions[t - 1]) throw new InvariantError(`expected strictly ascending sessions, found ${fromEpochDay(this.sessions[t])} after ${fromEpochDay(this.sessions[t - 1])} in a panel`);
    }
    const size = this.symbols.length * this.sessions.length;
    for (const [name, values] of this.#columns) {
      if (values.length !== size) throw new InvariantError(`expected ${size} values [${this.symbols.length} symbols, ${this.sessions.length} sessions], found ${values.length} in panel column "${name}"`);
    }
  }

  get columnNames(): readonly string[] {
    return [...this.#columns.keys()];
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** The whole column, [symbol, session]. */
  column(name: string): ColumnValues {
    const values = this.#columns.get(name);
    if (!values) throw new InvariantError(`expected one of the columns ${this.columnNames.join(', ')}, found "${name}"`, { code: 'UNKNOWN_COLUMN', fields: { name } });
    return values;
  }

  columnType(name: string): ColumnType {
    return this.column(name) instanceof Float32Array ? 'float32' : 'float64';
  }

  hasSymbol(symbol: string): boolean {
    return this.#symbolRow.has(symbol);
  }

  /** Row of a symbol. */
  row(symbol: string): number {
    const row = this.#symbolRow.get(symbol);
    if (row === undefined) throw new InvariantError(`expected one of the panel's ${this.symbols.length} symbols, found "${symbol}"`, { code: 'UNKNOWN_SYMBOL', fields: { symbol } });
    return row;
  }

  /** One symbol's values over time, [session]; a view on the column, not a copy. */
  series(name: string, symbol: string): ColumnValues {
    const start = this.row(symbol) * this.sessions.length;
    return this.column(name).subarray(start, start + this.sessions.length);
  }

  /** Position of the last session on or before `day`, −1 when there is none. */
  indexOnOrBefore(day: EpochDay): number {
    let low = 0;
    let high = this.sessions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sessions[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Position of a session, −1 when the panel does not hold it. */
  indexOf(session: IsoDate): number {
    const day = toEpochDay(session);
    const index = this.indexOnOrBefore(day);
    return index >= 0 && this.sessions[index] === day ? index : -1;
  }

  /** A value, NaN when missing. */
  value(name: string, symbol: string, session: IsoDate): number {
    const t = this.indexOf(session);
    return t < 0 ? Number.NaN : this.column(name)[this.row(symbol) * this.sessions.length + t];
  }

  get first(): IsoDate | null {
    return this.sessions.length === 0 ? null : fromEpochDay(this.sessions[0]);
  }

  get last(): IsoDate | null {
    return this.sessions.length === 0 ? null : fromEpochDay(this.sessions[this.sessions.length - 1]);
  }

  /** The same panel with columns added or replaced. */
  with(columns: Readonly<Record<string, ColumnValues>>): Panel {
    return new Panel({ symbols: this.symbols, sessions: this.sessions, columns: { ...Object.fromEntries(this.#columns), ...columns } });
  }

  /** The same panel with only some columns, in the order given. */
  columns(names: readonly string[]): Panel {
    return new Panel({ symbols: this.symbols, sessions: this.sessions, columns: Object.fromEntries(names.map((name) => [name, this.column(name)])) });
  }

  /** A copy with only some symbols, in the order given. */
  select(symbols: readonly string[]): Panel {
    const rows = symbols.map((symbol) => this.row(symbol));
    return this.#copy(rows, 0, this.sessions.length);
  }

  /** A copy with only some symbols, in the order given, of the sessions from `start` to `end`, both inclusive. */
  part(symbols: readonly string[], start: IsoDate, end: IsoDate): Panel {
    const from = this.indexOnOrBefore(toEpochDay(start) - 1) + 1;
    const to = this.indexOnOrBefore(toEpochDay(end)) + 1;
    return this.#copy(symbols.map((symbol) => this.row(symbol)), from, Math.max(from, to));
  }

  /** A copy of the sessions from `start` to `end`, both inclusive. */
  between(start: IsoDate, end: IsoDate): Panel {
    const from = this.indexOnOrBefore(toEpochDay(start) - 1) + 1;
    const to = this.indexOnOrBefore(toEpochDay(end)) + 1;
    return this.#copy(this.symbols.map((_, row) => row), from, Math.max(from, to));
  }

  /** A copy that ends at `session` inclusive: what the panel was when that session was the last. */
  until(session: IsoDate): Panel {
    return this.#copy(this.symbols.map((_, row) => row), 0, this.indexOnOrBefore(toEpochDay(session)) + 1);
  }

  /**
   * A copy with the symbols of another panel of the same sessions behind these; only columns that both have.
   * @throws InvariantError when the sessions differ or a symbol is in both
   */
  join(other: Panel): Panel {
    if (other.sessions.length !== this.sessions.length || other.sessions.some((day, t) => day !== this.sessions[t])) throw new InvariantError(`expected panels of the same sessions, found ${this.sessions.length} and ${other.sessions.length} sessions that differ`);
    const columns: Record<string, ColumnValues> = {};
    for (const [name, values] of this.#columns) {
      if (!other.has(name)) continue;
      const joined = new (values instanceof Float32Array ? Float32Array : Float64Array)(values.length + other.column(name).length);
      joined.set(values);
      joined.set(other.column(name), values.length);
      columns[name] = joined;
    }
    return new Panel({ symbols: [...this.symbols, ...other.symbols], sessions: this.sessions, columns });
  }

  /** A copy of the sessions from position `start` up to, not including, `end`. */
  slice(start: number, end: number): Panel {
    return this.#copy(this.symbols.map((_, row) => row), start, Math.min(end, this.sessions.length));
  }

  #copy(rows: readonly number[], from: number, to: number): Panel {
    const width = this.sessions.length;
    const columns: Record<string, ColumnValues> = {};
    for (const [name, values] of this.#columns) {
      const Type = values instanceof Float32Array ? Float32Array : Float64Array;
      const copy = new Type(rows.length * (to - from));
      rows.forEach((row, i) => copy.set(values.subarray(row * width + from, row * width + to), i * (to - from)));
      columns[name] = copy;
    }
    return new Panel({ symbols: rows.map((row) => this.symbols[row]), sessions: this.sessions.slice(from, to), columns });
  }
}
