import { InvariantError } from '../../core/errors.js';
import type { Feature, SeriesFeature } from '../feature.js';
import { FUNDAMENTALS } from '../fundamentals/family.js';
import { MARKET } from '../market/family.js';
import { MOMENTUM } from '../momentum/family.js';
import { STRUCTURE } from '../structure/family.js';
import { TREND } from '../trend/family.js';
import { VOLATILITY } from '../volatility/family.js';
import { VOLUME } from '../volume/family.js';
import { rank } from './rank.js';
import { robustZ } from './robust-z.js';
import { sectorNeutral } from './sector-neutral.js';
import { winsorizedZ } from './winsorized-z.js';

const COMPARABLE: readonly Feature[] = [...MOMENTUM, ...TREND, ...VOLATILITY, ...VOLUME, ...STRUCTURE, ...MARKET, ...FUNDAMENTALS];

/** Ranks for what has no natural unit or wild tails, sector-neutral scores for what whole industries do, scores for the rest. */
export const CROSS_SECTION: readonly Feature[] = [
  rank(base('momentum-12-1')),
  rank(base('momentum-6-1')),
  rank(base('return-21')),
  rank(base('return-5')),
  rank(base('realized-volatility-63')),
  rank(base('maximum-return-21')),
  rank(base('log-dollar-volume-21')),
  rank(base('amihud-illiquidity-21')),
  rank(base('relative-volume-21')),
  rank(base('distance-to-high-252')),
  rank(base('beta-60')),
  rank(base('residual-volatility-60')),
  rank(base('standardized-unexpected-earnings')),
  rank(base('accruals')),
  rank(base('share-issuance')),
  sectorNeutral(base('momentum-12-1')),
  sectorNeutral(base('return-21')),
  sectorNeutral(base('return-5')),
  sectorNeutral(base('realized-volatility-63')),
  sectorNeutral(base('revenue-growth')),
  sectorNeutral(base('net-margin')),
  robustZ(base('log-dollar-volume-21')),
  robustZ(base('volume-z-score-63')),
  winsorizedZ(base('return-1'), 1),
  winsorizedZ(base('average-true-range-14'), 5),
  winsorizedZ(base('distance-to-mean-50'), 5),
];

/** @throws InvariantError when no family has such a feature of single instruments */
function base(name: string): SeriesFeature {
  const found = COMPARABLE.find((feature) => feature.name === name);
  if (found?.kind !== 'series') throw new InvariantError(`expected a feature of single instruments to compare, found "${name}" in the family cross-section`);
  return found;
}
