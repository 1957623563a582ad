import type { Panel } from '../../table/panel.js';
import type { Vintages } from '../../table/vintages.js';
import { requireFeatureInputs, type FeatureInputs } from './feature-inputs.js';

/** Members of a sector below which its mean says more about one company than about the sector. */
const MIN_SECTOR_MEMBERS = 3;
/** Members below which the equally weighted mean does not stand for the market. */
const MIN_MEMBERS = 2;

/**
 * What is the same for every instrument: who belongs where, and the returns of the benchmark and the sectors.
 *
 * Returns at t are means over the symbols that are members at t and have a clean bar at t − 1 and t: no return spans a
 * break of a series, none comes from a suspect bar.
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

  constructor(inputs: FeatureInputs) {
    requireFeatureInputs(inputs);
    const { bars, member, sectors, benchmark, macro } = inputs;
    this.bars = bars;
    this.member = member ?? null;
    this.macro = macro ?? new Map();
    this.sectorNames = [...new Set(bars.symbols.flatMap((symbol) => sectors?.get(symbol) ?? []))].sort();
    this.sectorOf = Int32Array.from(bars.symbols, (symbol) => this.sectorNames.indexOf(sectors?.get(symbol) ?? ''));
    const means = this.#meanReturns();
    this.indexReturn = benchmark ? returnsOf(benchmark) : means.all;
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
    if (t === 0) return false;
    const at = row * this.bars.sessions.length + t;
    const close = this.bars.column('close');
    if (!(close[at] > 0 && close[at - 1] > 0)) return false;
    if (this.bars.has('suspect') && this.bars.column('suspect')[at] === 1) return false;
    return !this.bars.has('segment') || this.bars.column('segment')[at] === this.bars.column('segment')[at - 1];
  }

  /** A series about the market that several features need, computed once. */
  derive(name: string, compute: (market: MarketInputs) => Float64Array): Float64Array {
    const values = this.#derived.get(name) ?? compute(this);
    this.#derived.set(name, values);
    return values;
  }

  #meanReturns(): { all: Float64Array; sectors: Float64Array[] } {
    const width = this.bars.sessions.length;
    const close = this.bars.column('close');
    const groups = this.sectorNames.length + 1;
    const sums = Array.from({ length: groups }, () => new Float64Array(width));
    const counts = Array.from({ length: groups }, () => new Int32Array(width));
    for (let row = 0; row < this.bars.symbols.length; row++) {
      const sector = this.sectorOf[row];
      for (let t = 1; t < width; t++) {
        if (!this.isMember(row, t) || !this.isComparable(row, t)) continue;
        const value = close[row * width + t] / close[row * width + t - 1] - 1;
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
}

function returnsOf(closes: Float64Array): Float64Array {
  return closes.map((close, t) => (t === 0 ? Number.NaN : close / closes[t - 1] - 1));
}
