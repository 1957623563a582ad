import type { ColumnValues, Panel } from '../../table/panel.js';
import type { Vintages } from '../../table/vintages.js';
import { requireFeatureInputs, type FeatureInputs } from './feature-inputs.js';

/** Members of a sector below which its mean says more about one company than about the sector. */
const MIN_SECTOR_MEMBERS = 3;
/** Members below which the equally weighted mean does not stand for the market. */
const MIN_MEMBERS = 2;

/**
 * What is the same for every instrument: who belongs where, and the returns of the benchmark and the sectors.
 *
 * Returns at t are means over the symbols that are members at t and have comparable bars at t − 1 and t: none spans a break
 * of a series. A suspect bar's return counts as it was seen that evening, but no further out than the furthest of the others:
 * left out, it would take the largest moves of a stormy day from the mean; taken at its word, one bad print would move it.
 */
export class MarketInputs {
  readonly bars: Panel;
  readonly member: Uint8Array | null;
  /** Sector of each symbol as a code, −1 unknown. [symbol] */
  readonly sectorOf: Int32Array;
  readonly sectorNames: readonly string[];
  /** Simple return of the benchmark, [session]. */
  readonly indexReturn: Float64Array;
  /** Mean simple return by sector code, each [session]. */
  readonly sectorReturns: readonly Float64Array[];
  readonly macro: ReadonlyMap<string, Vintages>;
  readonly #derived = new Map<string, Float64Array>();
  // looked up once: these are read for every bar of everyone
  readonly #close: ColumnValues;
  readonly #segment: ColumnValues | null;
  readonly #suspect: ColumnValues | null;
  readonly #suspectReturn: ColumnValues | null;

  constructor(inputs: FeatureInputs) {
    requireFeatureInputs(inputs);
    const column = (name: string): ColumnValues | null => (inputs.bars.has(name) ? inputs.bars.column(name) : null);
    this.#close = inputs.bars.column('close');
    [this.#segment, this.#suspect, this.#suspectReturn] = [column('segment'), column('suspect'), column('suspectReturn')];
    const { bars, member, sectors, benchmarkReturn, macro } = inputs;
    this.bars = bars;
    this.member = member ?? null;
    this.macro = macro ?? new Map();
    this.sectorNames = [...new Set(bars.symbols.flatMap((symbol) => sectors?.get(symbol) ?? []))].sort();
    this.sectorOf = Int32Array.from(bars.symbols, (symbol) => this.sectorNames.indexOf(sectors?.get(symbol) ?? ''));
    const means = this.#meanReturns();
    this.indexReturn = benchmarkReturn ?? means.all;
    this.sectorReturns = means.sectors;
  }

  get sessions(): Int32Array {
    return this.bars.sessions;
  }

  /** Whether a symbol (row) belonged to the universe at a session (position). */
  isMember(row: number, t: number): boolean {
    return this.member === null || this.member[row * this.bars.sessions.length + t] === 1;
  }

  /** Whether the bars of t − 1 and t can be compared: present, of one segment, the later not suspect. */
  isComparable(row: number, t: number): boolean {
    const at = row * this.bars.sessions.length + t;
    if (t === 0 || !(this.#close[at] > 0 && this.#close[at - 1] > 0) || this.#suspect?.[at] === 1) return false;
    return this.#segment === null || this.#segment[at] === this.#segment[at - 1];
  }

  /** A series about the market that several features need, computed once. */
  derive(name: string, compute: (market: MarketInputs) => Float64Array): Float64Array {
    const values = this.#derived.get(name) ?? compute(this);
    this.#derived.set(name, values);
    return values;
  }

  /** Simple return of a symbol (row) from t − 1 to t as seen at t; NaN where bars cannot be compared. */
  seenReturn(row: number, t: number): number {
    const at = row * this.bars.sessions.length + t;
    if (this.isSuspect(row, t)) return this.#suspectReturn?.[at] ?? Number.NaN;
    return this.isComparable(row, t) ? this.#close[at] / this.#close[at - 1] - 1 : Number.NaN;
  }

  isSuspect(row: number, t: number): boolean {
    return this.#suspect?.[row * this.bars.sessions.length + t] === 1;
  }

  #meanReturns(): { all: Float64Array; sectors: Float64Array[] } {
    const width = this.bars.sessions.length;
    const groups = this.sectorNames.length + 1;
    const sums = Array.from({ length: groups }, () => new Float64Array(width));
    const counts = Array.from({ length: groups }, () => new Int32Array(width));
    const { lowest, highest } = this.#ordinaryRange();
    for (let row = 0; row < this.bars.symbols.length; row++) {
      const sector = this.sectorOf[row];
      for (let t = 1; t < width; t++) {
        if (!this.isMember(row, t)) continue;
        const seen = this.seenReturn(row, t);
        const value = this.isSuspect(row, t) ? Math.max(lowest[t], Math.min(highest[t], seen)) : seen;
        if (Number.isNaN(value)) continue;
        sums[groups - 1][t] += value;
        counts[groups - 1][t]++;
        if (sector < 0) continue;
        sums[sector][t] += value;
        counts[sector][t]++;
      }
    }
    const means = sums.map((sum, group) => sum.map((total, t) => (counts[group][t] < (group === groups - 1 ? MIN_MEMBERS : MIN_SECTOR_MEMBERS) ? Number.NaN : total / counts[group][t])));
    return { all: means[groups - 1], sectors: means.slice(0, -1) };
  }

  /** The furthest returns of members whose bars are not suspect, [session]; NaN where there is none. */
  #ordinaryRange(): { lowest: Float64Array; highest: Float64Array } {
    const width = this.bars.sessions.length;
    const lowest = new Float64Array(width).fill(Number.NaN);
    const highest = new Float64Array(width).fill(Number.NaN);
    for (let row = 0; row < this.bars.symbols.length; row++) {
      for (let t = 1; t < width; t++) {
        if (!this.isMember(row, t) || this.isSuspect(row, t)) continue;
        const value = this.seenReturn(row, t);
        if (Number.isNaN(value)) continue;
        if (!(lowest[t] <= value)) lowest[t] = value;
        if (!(highest[t] >= value)) highest[t] = value;
      }
    }
    return { lowest, highest };
  }
}
