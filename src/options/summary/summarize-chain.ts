import { openContracts } from '../exposure/open-contracts.js';
import { carriedConvention, USUAL_CONVENTION, type ExposureConvention } from '../exposure/convention.js';
import { gammaByStrike } from '../exposure/by-strike.js';
import { gammaFlips, gammaProfile, gammaTerms, nearestFlip, profileSpots } from '../exposure/gamma-profile.js';
import { gammaWalls } from '../exposure/walls.js';
import { constantMaturity } from '../surface/constant-maturity.js';
import { modelFreeVariance } from '../surface/model-free-variance.js';
import { rowsOfExpiry } from '../surface/expiry-rows.js';
import type { ValuedChain } from '../valuation/valued-chain.js';
import type { ChainSummary } from './columns.js';
import { countContracts } from './counts.js';
import { eventMove } from './event-move.js';
import { markedLevels } from './levels.js';
import { openGreeks } from './open-greeks.js';

/** One line of figures of a valued chain; NaN where it does not tell. */
export function summarizeChain(chain: ValuedChain, convention: ExposureConvention = USUAL_CONVENTION): ChainSummary {
  const { rows, surface } = chain;
  const [at7, at30, at60, at90] = [7, 30, 60, 90].map((days) => constantMaturity(surface, days));
  return {
    spot: rows.spot, isMixed: rows.isMixed ? 1 : 0,
    ...countContracts(rows),
    ...exposures(chain, convention),
    ...openGreeks(chain, convention),
    ...markedLevels(rows, at7.atmVolatility > 0 ? at7.atmVolatility : at30.atmVolatility),
    volatility7: at7.atmVolatility, volatility30: at30.atmVolatility, volatility60: at60.atmVolatility, volatility90: at90.atmVolatility,
    call25: at30.call25, put25: at30.put25, call10: at30.call10, put10: at30.put10,
    modelFreeVariance30: variance30(chain),
    eventMove: eventMove(surface.smiles),
  };
}

type Exposures = Pick<ChainSummary, 'callGamma' | 'putGamma' | 'gammaFlip' | 'callWall' | 'putWall'>;

function exposures(chain: ValuedChain, usual: ExposureConvention): Exposures {
  const { rows, volatility } = chain;
  const convention = carriedConvention(usual, chain);
  const contracts = openContracts(rows, volatility, convention);
  if (contracts.count === 0 || !(rows.spot > 0)) return { callGamma: Number.NaN, putGamma: Number.NaN, gammaFlip: Number.NaN, callWall: Number.NaN, putWall: Number.NaN };
  const terms = gammaTerms(contracts, convention);
  const byStrike = gammaByStrike(contracts, terms, rows.spot);
  const { callWall, putWall } = gammaWalls(byStrike);
  const spots = profileSpots(rows.spot, convention);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return { callGamma: sum(byStrike.call), putGamma: sum(byStrike.put), gammaFlip: nearestFlip(gammaFlips(spots, gammaProfile(terms, spots)), rows.spot), callWall, putWall };
}

/** By the quotes themselves where they suffice, else by the smile: last trades are too far apart in time. */
function variance30({ rows, surface, expiries, volatility }: ValuedChain): number {
  const bySmile = (): number => modelFreeVariance({ prices: 'smile', surface }, 30);
  if (!rows.hasQuotes) return bySmile();
  const byQuotes = modelFreeVariance({ prices: 'quotes', expiries: expiries.map(({ start, end, years, forward }) => ({ years, discount: forward.discount, rows: rowsOfExpiry({ ...rows, volatility }, start, end) })) }, 30);
  return Number.isNaN(byQuotes) ? bySmile() : byQuotes;
}
