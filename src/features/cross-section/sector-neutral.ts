import { mean } from '../../math/stats.js';
import type { CrossSectionFeature, SeriesFeature } from '../feature.js';
import { compared } from './compared.js';

/** Members of a sector with a value below which its mean is mostly the member itself. */
const MIN_SECTOR_MEMBERS = 3;

/** How far a member lies from the mean of its sector: what its industry does is taken out; NaN where the sector is unknown or small. */
export function sectorNeutral(base: SeriesFeature): CrossSectionFeature {
  return compared(base, {
    prefix: 'sector-neutral',
    describe: 'value less the mean of its sector, in standard deviations of all,',
    formula: '(x − mean(x of the sector)) / std(x)',
    unit: 'z-score',
    source: 'Asness, Porter and Stevens (2000), characteristics less the mean of the industry',
    inputs: ['members', 'sector'],
    transform: lessSector,
  });
}

function lessSector(values: Float64Array, groups: Int32Array): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const centre = mean(values);
  const deviation = standardDeviation(values, centre);
  // equal values leave a deviation that is only rounding of the mean
  if (!(deviation > 8 * Number.EPSILON * Math.abs(centre))) return result;
  const means = sectorMeans(values, groups);
  for (let i = 0; i < values.length; i++) if (groups[i] >= 0) result[i] = (values[i] - means[groups[i]]) / deviation;
  return result;
}

/** Divisor n − 1. */
function standardDeviation(values: Float64Array, centre: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Mean by sector code, NaN for sectors with too few members. */
function sectorMeans(values: Float64Array, groups: Int32Array): Float64Array {
  let last = -1;
  for (let i = 0; i < groups.length; i++) if (groups[i] > last) last = groups[i];
  const [sums, counts] = [new Float64Array(last + 1), new Int32Array(last + 1)];
  for (let i = 0; i < values.length; i++) {
    if (groups[i] < 0) continue;
    sums[groups[i]] += values[i];
    counts[groups[i]]++;
  }
  return sums.map((sum, sector) => (counts[sector] >= MIN_SECTOR_MEMBERS ? sum / counts[sector] : Number.NaN));
}
