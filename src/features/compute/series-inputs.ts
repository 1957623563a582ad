import { InvariantError } from '../../core/errors.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { Vintages } from '../../table/vintages.js';

/** Columns of an instrument's own bars: prices on one basis; `dollarVolume` is price × shares as quoted; NaN is missing. */
export const SERIES_COLUMNS = ['open', 'high', 'low', 'close', 'volume', 'dollarVolume', 'vwap', 'indexReturn', 'sectorReturn'] as const;

export type SeriesColumn = (typeof SERIES_COLUMNS)[number];

/** Figures of the option chain by name, each [session]; columns that the source lacks are absent. */
export type OptionColumns = Readonly<Partial<Record<SummaryColumn, Float64Array>>>;

/** What does not come session by session: quarters and reports of the instrument, macro series of everyone. */
export interface KnownTables {
  readonly fundamentals: ReadonlyMap<string, Vintages>;
  readonly earnings: ReadonlyMap<string, Vintages>;
  readonly macro: ReadonlyMap<string, Vintages>;
}

/**
 * What a feature of one instrument may read, each [session]: its bars, returns of the benchmark and of its sector, figures of its
 * option chain, and tables of values with the session from which they were known.
 *
 * Series that several features need are kept by `derive`. A slice shares them with the whole: computing one session costs
 * its window, not the history.
 */
export class SeriesInputs {
  /** Epoch days. */
  readonly sessions: Int32Array;
  readonly tables: KnownTables;
  readonly #options: OptionColumns;
  readonly #columns: Readonly<Record<SeriesColumn, Float64Array>>;
  readonly #derived = new Map<string, Float64Array>();
  readonly #parent: { readonly inputs: SeriesInputs; readonly from: number; readonly to: number } | null;

  constructor(sessions: Int32Array, columns: Readonly<Record<SeriesColumn, Float64Array>>, { tables, options = {} }: { readonly tables: KnownTables; readonly options?: OptionColumns }, parent: { inputs: SeriesInputs; from: number; to: number } | null = null) {
    for (const name of SERIES_COLUMNS) {
      if (columns[name].length !== sessions.length) throw new InvariantError(`expected ${sessions.length} sessions, found ${columns[name].length} in series "${name}"`);
    }
    this.sessions = sessions;
    this.tables = tables;
    this.#options = options;
    this.#columns = columns;
    this.#parent = parent;
  }

  get length(): number {
    return this.sessions.length;
  }

  get open(): Float64Array {
    return this.#columns.open;
  }

  get high(): Float64Array {
    return this.#columns.high;
  }

  get low(): Float64Array {
    return this.#columns.low;
  }

  get close(): Float64Array {
    return this.#columns.close;
  }

  /** Shares on the basis of the prices. */
  get volume(): Float64Array {
    return this.#columns.volume;
  }

  /** Traded value in quote currency, independent of later splits. */
  get dollarVolume(): Float64Array {
    return this.#columns.dollarVolume;
  }

  /** Volume-weighted average price where the source has one, else NaN. */
  get vwap(): Float64Array {
    return this.#columns.vwap;
  }

  /** Simple return of the benchmark from session t − 1 to t. */
  get indexReturn(): Float64Array {
    return this.#columns.indexReturn;
  }

  /** Mean simple return of the sector's members, this instrument included; NaN where fewer than three have one. */
  get sectorReturn(): Float64Array {
    return this.#columns.sectorReturn;
  }

  /** A figure of the session's option chain; NaN where there is none. */
  option(name: SummaryColumn): Float64Array {
    return this.#options[name] ?? this.derive(`no options`, ({ length }) => new Float64Array(length).fill(Number.NaN));
  }

  /** r[t] = ln(C[t] / C[t − 1]); NaN at 0. */
  get logReturn(): Float64Array {
    return this.derive('log-return', ({ close }) => changes(close, (now, before) => Math.log(now / before)));
  }

  /** C[t] / C[t − 1] − 1; NaN at 0. */
  get simpleReturn(): Float64Array {
    return this.derive('simple-return', ({ close }) => changes(close, (now, before) => now / before - 1));
  }

  /**
   * A series made from these inputs, computed once under a name that says all that it depends on (windows included).
   *
   * The value at t may depend on sessions up to t only, and on no more of them than the lookback of the features that use it.
   */
  derive(name: string, compute: (inputs: SeriesInputs) => Float64Array): Float64Array {
    const known = this.#derived.get(name);
    if (known) return known;
    const values = this.#parent ? this.#parent.inputs.derive(name, compute).subarray(this.#parent.from, this.#parent.to) : compute(this);
    if (values.length !== this.length) throw new InvariantError(`expected a series of ${this.length} sessions, found ${values.length} in "${name}": derive from the argument of the function, which is the whole`);
    this.#derived.set(name, values);
    return values;
  }

  /** Sessions from `from` up to, not including, `to`. */
  slice(from: number, to: number): SeriesInputs {
    if (from === 0 && to === this.length) return this;
    const root = this.#parent?.inputs ?? this;
    const offset = this.#parent?.from ?? 0;
    const columns = Object.fromEntries(SERIES_COLUMNS.map((name) => [name, this.#columns[name].subarray(from, to)])) as Record<SeriesColumn, Float64Array>;
    const options = Object.fromEntries(Object.entries(this.#options).map(([name, values]) => [name, values.subarray(from, to)])) as OptionColumns;
    return new SeriesInputs(this.sessions.subarray(from, to), columns, { tables: this.tables, options }, { inputs: root, from: offset + from, to: offset + to });
  }
}

function changes(values: Float64Array, change: (now: number, before: number) => number): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = 1; t < values.length; t++) result[t] = change(values[t], values[t - 1]);
  return result;
}
