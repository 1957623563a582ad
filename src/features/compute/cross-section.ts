import type { CrossSectionFeature } from '../feature.js';
import type { MarketInputs } from './market-inputs.js';

/**
 * A feature compared across the members of each session, Float32 [symbol, session − from].
 *
 * Who is not a member at a session, or has no value, gets NaN and does not count for the others.
 * @param values of the feature compared, [symbol, session − from]
 */
export function compareMembers(feature: CrossSectionFeature, values: Float32Array, market: MarketInputs, from: number): Float32Array {
  const rows = market.bars.symbols.length;
  const kept = market.sessions.length - from;
  const result = new Float32Array(values.length).fill(Number.NaN);
  const members = new Int32Array(rows);
  const [given, groups] = [new Float64Array(rows), new Int32Array(rows)];
  for (let t = 0; t < kept; t++) {
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * kept + t];
      if (Number.isNaN(value) || !market.isMember(row, t + from)) continue;
      members[count] = row;
      given[count] = value;
      groups[count] = market.sectorOf[row];
      count++;
    }
    if (count === 0) continue;
    const compared = feature.transform(given.slice(0, count), groups.slice(0, count));
    for (let i = 0; i < count; i++) result[members[i] * kept + t] = compared[i];
  }
  return result;
}
