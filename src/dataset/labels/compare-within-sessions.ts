import { centredRank } from '../../math/cross-section.js';
import { mean } from '../../math/stats.js';
import type { LabelMarket } from './label-market.js';

/** Returns of a sector below which its mean says more about one company than about the sector. */
const MIN_SECTOR_RETURNS = 5;

export interface Comparison {
  readonly residual: 'market' | 'sector' | null;
  readonly rank: boolean;
}

/** Each return against the others of its session, [symbol, session]: net of a mean, ranked, or both; NaN stays NaN and counts nowhere. */
export function compareWithinSessions(returns: Float64Array, { bars, sectors }: Pick<LabelMarket, 'bars' | 'sectors'>, { residual, rank }: Comparison): Float64Array {
  if (residual === null && !rank) return returns;
  const width = bars.sessions.length;
  const codes = sectorCodes(bars.symbols, sectors);
  const result = new Float64Array(returns.length).fill(Number.NaN);
  const rows = new Int32Array(bars.symbols.length);
  const values = new Float64Array(bars.symbols.length);
  for (let t = 0; t < width; t++) {
    let count = 0;
    for (let row = 0; row < rows.length; row++) {
      const value = returns[row * width + t];
      if (value !== value) continue;
      rows[count] = row;
      values[count++] = value;
    }
    const present = values.subarray(0, count);
    if (residual !== null) subtractMeans(present, residual === 'sector' ? rows.subarray(0, count).map((row) => codes[row]) : null);
    const compared = rank ? centredRank(present) : present;
    for (let i = 0; i < count; i++) result[rows[i] * width + t] = compared[i];
  }
  return result;
}

/** Takes off each value the mean of its group, or of all where the group is small or unknown; of all without groups. */
function subtractMeans(values: Float64Array, groups: Int32Array | null): void {
  const all = mean(values);
  const means = groups && groupMeans(values, groups);
  for (let i = 0; i < values.length; i++) values[i] -= means?.get(groups![i]) ?? all;
}

function groupMeans(values: Float64Array, groups: Int32Array): Map<number, number> {
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    if (group < 0) return;
    const held = members.get(group);
    if (held) held.push(values[i]);
    else members.set(group, [values[i]]);
  });
  const large = [...members].filter(([, held]) => held.length >= MIN_SECTOR_RETURNS);
  return new Map(large.map(([group, held]) => [group, mean(held)]));
}

/** Sector of each symbol as a code, −1 unknown, [symbol]. */
function sectorCodes(symbols: readonly string[], sectors: ReadonlyMap<string, string>): Int32Array {
  const names = [...new Set(sectors.values())].sort();
  const codes = new Map(names.map((name, code) => [name, code]));
  return Int32Array.from(symbols, (symbol) => {
    const sector = sectors.get(symbol);
    return sector === undefined ? -1 : codes.get(sector)!;
  });
}
